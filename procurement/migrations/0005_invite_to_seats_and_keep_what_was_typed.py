"""Remember how each part of a draft was saved, why a seat ended, and whom a committee invites by mail."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import workflow.models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0004_runs_remember_the_lots_drawn"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="draft",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="committeemember",
            name="end_reason",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.CreateModel(
            name="SeatInvitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("secretary", "Secretary"),
                            ("evaluator", "Evaluator"),
                            ("observer", "Observer"),
                        ],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("invited_at", models.DateTimeField(db_default=workflow.models.AppNow())),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seat_invitations",
                        to="procurement.call",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitation",
                        to="procurement.committeemember",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["seat", "label"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("call"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("taken_at", None), ("withdrawn_at", None)),
                        name="one_open_seat_invitation",
                    )
                ],
            },
        ),
    ]
