"""A drawing of lots, held by people, stands beside the run that it settles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procurement", "0003_when_each_part_was_saved")]
    operations = [
        migrations.AddField(model_name="enginerun", name="draws", field=models.JSONField(db_default=[], default=list)),
    ]
