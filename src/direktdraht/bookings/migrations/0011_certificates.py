"""At how many dates of an offer somebody must be there for a certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column of offers; empty: no certificates."""

    dependencies = [("bookings", "0010_attendance")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="certificate_sessions",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
