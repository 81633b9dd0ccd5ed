"""Seal the secrets of second factors that were kept in clear."""

from django.db import migrations

from accounts.at_rest import in_secrets, seal, unseal


def _change(apps, change):
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type__in=["totp", "recovery_codes"]).iterator():
        row.data = in_secrets(row.data, change)
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_references_endings_and_invitations"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, schema: _change(apps, seal), lambda apps, schema: _change(apps, unseal), elidable=True
        )
    ]
