from django.db import migrations

FIRST_YEAR, LAST_YEAR = 2020, 2099
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


class Migration(migrations.Migration):
    """One number sequence a year: drawing from it makes nobody wait, and the web role may draw but not make any."""

    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [f"CREATE SEQUENCE cases_number_{year} START 10001" for year in YEARS],
            [f"DROP SEQUENCE cases_number_{year}" for year in YEARS],
        ),
    ]
