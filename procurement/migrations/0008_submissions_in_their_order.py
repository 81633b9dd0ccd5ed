"""The last submission is the one written last, whatever the clock said."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("procurement", "0007_who_took_an_invitation_up")]

    operations = [migrations.AlterModelOptions(name="submission", options={"ordering": ["-id"]})]
