"""The clock comes first: other tables use it as a default."""

from django.db import migrations

from workflow.clock import PLAIN


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(PLAIN, "DROP FUNCTION app_now()")]
