import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procurement", "0020_two_persons_replace_a_key_holder")]
    operations = [
        migrations.AddField(
            "upload",
            "completion",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="uploads",
                to="procurement.completionrequest",
            ),
        ),
    ]
