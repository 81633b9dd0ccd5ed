"""One line a minute of how the service was: what a later deadline is justified with, written once."""

from django.db import migrations, models

KEPT = """
CREATE TRIGGER availabilitysample_written_once BEFORE UPDATE OR DELETE ON workflow_availabilitysample
  FOR EACH ROW EXECUTE FUNCTION workflow_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_the_log_is_sealed")]
    operations = [
        migrations.CreateModel(
            name="AvailabilitySample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("failures", models.PositiveIntegerField()),
                ("counted", models.PositiveBigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["-until"], name="sample_until")]},
        ),
        migrations.RunSQL(KEPT, "DROP TRIGGER availabilitysample_written_once ON workflow_availabilitysample"),
    ]
