"""Let a call have its financial envelopes sealed in the applicants' browsers, and tell where each was sealed."""

from django.db import migrations, models

WHERE = [
    ("server", "sealed by the service as it arrived"),
    ("browser", "sealed in the applicant’s browser"),
]
OFFERED = [
    ("server", "By the service, as it arrives"),
    ("offered", "By the service, or in the applicant’s browser: the applicant chooses"),
    ("browser", "In the applicant’s browser only"),
]


def where(choices):
    return models.CharField(choices=choices, db_default="server", default="server", max_length=10)


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0016_files_arrive_part_by_part"),
    ]

    operations = [
        migrations.AddField(model_name="call", name="price_sealing", field=where(OFFERED)),
        migrations.AddField(model_name="document", name="sealed_in", field=where(WHERE)),
        migrations.AddField(model_name="envelope", name="sealed_in", field=where(WHERE)),
        migrations.AddField(
            model_name="envelope",
            name="key_check",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
    ]
