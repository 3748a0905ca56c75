from django.db import migrations

# The table of Django's DatabaseCache, unlogged: a crash may forget it.
CREATE = """
    CREATE UNLOGGED TABLE limits_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX limits_cache_expires ON limits_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("limits", "0002_unlogged")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE limits_cache")]
