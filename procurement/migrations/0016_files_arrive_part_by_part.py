"""Files that arrive part by part: what is kept between two requests."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import workflow.models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0015_envelopes_are_unsealed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField(db_default=workflow.models.AppNow())),
                ("sealed", models.BinaryField()),
                ("parts", models.PositiveIntegerField(default=0)),
                ("digests", models.JSONField(default=list)),
                ("stored_size", models.PositiveBigIntegerField(default=0)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="procurement.application",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="procurement.requirement"
                    ),
                ),
            ],
            options={"ordering": ["begun_at", "id"]},
        ),
    ]
