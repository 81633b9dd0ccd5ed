"""Key holders have keys made in their browser; pieces and server parts of keys are recorded while envelopes open."""

import django.db.models.deletion
import workflow.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0009_keep_decisions_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyDrill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("envelope", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(db_default=workflow.models.AppNow())),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="LockRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_id", models.BigIntegerField(db_index=True)),
                ("envelopes", models.JSONField(default=list)),
                ("refused", models.JSONField(default=dict)),
                ("released_at", models.DateTimeField(db_default=workflow.models.AppNow())),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PieceRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.JSONField(default=dict)),
                ("released_at", models.DateTimeField(db_default=workflow.models.AppNow())),
            ],
        ),
        migrations.AddField(
            model_name="call",
            name="lock_public",
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="fingerprint",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="made_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="private_sealed",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="public_key",
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="replaced_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="procurement.keyholder",
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="released_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        # A confirmation without a key was a word given; what can be sealed to is confirmed anew.
        migrations.RunSQL(
            "UPDATE procurement_keyholder SET confirmed_at = NULL WHERE confirmed_at IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="keyholder",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_at", None), ("public_key__isnull", False), _connector="OR"),
                name="confirmed_key_exists",
            ),
        ),
        migrations.AddField(
            model_name="keydrill",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="keydrill",
            name="holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="drills", to="procurement.keyholder"
            ),
        ),
        migrations.AddField(
            model_name="piecerelease",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="procurement.envelope"
            ),
        ),
        migrations.AddField(
            model_name="piecerelease",
            name="holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="procurement.keyholder"
            ),
        ),
        migrations.AddField(
            model_name="piecerelease",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="procurement.openingsession"
            ),
        ),
        migrations.AddConstraint(
            model_name="piecerelease",
            constraint=models.UniqueConstraint(fields=("session", "holder", "envelope"), name="one_release"),
        ),
    ]
