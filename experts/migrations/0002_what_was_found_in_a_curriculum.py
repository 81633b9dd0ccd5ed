from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experts", "0001_profiles")]
    operations = [
        migrations.AddField("expert", "cv_findings", models.JSONField(blank=True, db_default=[], default=list)),
    ]
