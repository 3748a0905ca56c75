"""How many days before the first date a series reminds, and what was reminded of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of series and bookings; series that exist remind two days before from now on."""

    dependencies = [("bookings", "0011_certificates")]

    operations = [
        migrations.AddField(
            model_name="series",
            name="remind_days",
            field=models.PositiveSmallIntegerField(blank=True, default=2, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="reminded_for",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="lapse_reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
