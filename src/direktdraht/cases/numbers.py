"""Case numbers: one sequence a year, so that nobody waits and no number is given twice.

A rolled back transaction leaves a gap; that is the price of never waiting, and harmless.
The sequences are made by a migration, because the web role may not make any.
"""

from django.db import connection

from direktdraht.foundation import clock, codes

FIRST_YEAR, LAST_YEAR = 2020, 2099


def next_number() -> str:
    """Draw the next case number of the present year (Europe/Berlin)."""
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [f"cases_number_{year}"])
        return codes.case_number(year, int(cursor.fetchone()[0]))
