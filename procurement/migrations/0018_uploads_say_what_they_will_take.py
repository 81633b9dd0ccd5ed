from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procurement", "0017_prices_sealed_in_browsers")]
    operations = [
        migrations.AddField("upload", "size", models.PositiveBigIntegerField(db_default=0, default=0)),
    ]
