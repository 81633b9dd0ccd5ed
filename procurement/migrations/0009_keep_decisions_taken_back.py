"""Keep each decision of the compliance check that was taken back, as it was and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WRITTEN_ONCE = (
    "CREATE TRIGGER formerdecision_written_once BEFORE UPDATE OR DELETE ON procurement_formerdecision "
    "FOR EACH ROW EXECUTE FUNCTION workflow_written_once()"
)


def person(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0008_submissions_in_their_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("compliant", models.BooleanField()),
                ("decision_reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("taken_back_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_decisions",
                        to="procurement.application",
                    ),
                ),
                ("decided_by", person(null=True)),
                ("taken_back_by", person()),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RunSQL(WRITTEN_ONCE, "DROP TRIGGER formerdecision_written_once ON procurement_formerdecision"),
    ]
