from django.db import migrations


class Migration(migrations.Migration):
    """Counters need no write-ahead log."""

    dependencies = [("limits", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER TABLE limits_window SET UNLOGGED", "ALTER TABLE limits_window SET LOGGED"),
    ]
