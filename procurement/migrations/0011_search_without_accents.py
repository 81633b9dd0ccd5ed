"""Search the public list without accents and case, in themes and countries too.

`unaccent` is an extension that not every server has: a function of the database does the same with what PostgreSQL brings.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models import Func, TextField
from django.db.models.functions import Cast

SEARCHED = ("reference", "title", "terms", "theme", "country", "programme", "partners", "funder")
VECTOR = SearchVector(
    *(Func(Cast(name, TextField()), function="procurement_plain", output_field=TextField()) for name in SEARCHED),
    config="simple",
)
KINDS = [
    ("award", "Award"),
    ("not_selected", "Not selected"),
    ("late", "Received late"),
    ("non_compliant", "Not compliant"),
    ("below_threshold", "Below the threshold"),
    ("excluded", "Excluded at the financial stage"),
    ("cancellation", "Call ended without award"),
]

PLAIN = """
CREATE FUNCTION procurement_plain(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT regexp_replace(
    normalize(replace(replace(replace(lower(written), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), NFKD), '[\u0300-\u036f]', '', 'g')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("procurement", "0010_holders_have_keys")]

    operations = [
        migrations.RunSQL(PLAIN, "DROP FUNCTION procurement_plain(text)"),
        migrations.RemoveIndex(model_name="call", name="call_search"),
        migrations.AddIndex(model_name="call", index=GinIndex(VECTOR, name="call_search")),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20),
        ),
    ]
