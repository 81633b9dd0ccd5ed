"""Let applicants keep an access code with their account, sealed under their password."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0018_uploads_say_what_they_will_take"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.JSONField(blank=True, null=True)),
                ("kept_at", models.DateTimeField()),
                ("lost_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_codes",
                        to="procurement.application",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "user"), name="one_kept_code_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lost_at__isnull", False), ("sealed__isnull", True)),
                            models.Q(("lost_at__isnull", True), ("sealed__isnull", False)),
                            _connector="OR",
                        ),
                        name="kept_code_sealed_or_lost",
                    ),
                ],
            },
        ),
    ]
