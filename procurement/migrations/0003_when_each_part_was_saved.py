"""Remember when each part of a working copy was saved, so that an older window does not write over a newer one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procurement", "0002_the_law_in_the_database")]
    operations = [
        migrations.AddField(
            model_name="envelope", name="saved_parts", field=models.JSONField(db_default={}, default=dict)
        ),
    ]
