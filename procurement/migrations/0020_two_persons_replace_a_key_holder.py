"""A key takes the place of another only where one person asked for it and another one agreed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import workflow.models

LAW = """
CREATE FUNCTION procurement_key_replaced_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM procurement_keyreplacement
    WHERE former_id = NEW.replaces_id AND member_id = NEW.member_id AND agreed AND decided_by_id <> asked_by_id
  ) THEN
    RAISE EXCEPTION 'two persons replace a key holder' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER key_replaced_by_two BEFORE INSERT OR UPDATE OF replaces_id, member_id ON procurement_keyholder
  FOR EACH ROW WHEN (NEW.replaces_id IS NOT NULL) EXECUTE FUNCTION procurement_key_replaced_by_two();
"""
NO_LAW = """
DROP TRIGGER key_replaced_by_two ON procurement_keyholder;
DROP FUNCTION procurement_key_replaced_by_two();
"""


def person(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0019_codes_are_kept_with_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="KeyReplacement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField(db_default=workflow.models.AppNow())),
                ("agreed", models.BooleanField(default=False)),
                ("decision_reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("asked_by", person()),
                ("decided_by", person(blank=True, null=True)),
                (
                    "former",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replacements",
                        to="procurement.keyholder",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procurement.committeemember",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["former"], condition=Q(decided_at=None), name="one_key_replacement_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(agreed=False) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                        name="key_replacement_by_two",
                    ),
                    models.CheckConstraint(
                        condition=Q(decided_at=None, decided_by=None)
                        | Q(decided_at__isnull=False, decided_by__isnull=False),
                        name="key_replacement_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(LAW, NO_LAW),
    ]
