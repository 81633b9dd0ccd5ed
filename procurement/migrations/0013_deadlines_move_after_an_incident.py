"""A later deadline after an incident: proposed by one person with the evidence, decided by another."""

import datetime
import django.db.models.deletion
import workflow.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0012_calls_change_under_their_lock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeadlineExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("new_deadline", models.DateTimeField()),
                ("reason", models.TextField()),
                ("evidence", models.JSONField(default=list)),
                ("lost", models.DurationField()),
                ("proposed_at", models.DateTimeField(db_default=workflow.models.AppNow())),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("approved", models.BooleanField(default=False)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="procurement.call"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)), fields=("call",), name="one_extension_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lost__gt", datetime.timedelta(0))), name="extension_for_a_fault"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved", False),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="extension_by_two",
                    ),
                ],
            },
        ),
    ]
