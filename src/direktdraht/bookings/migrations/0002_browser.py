"""Which browser holds a time, so that a double click gives one hold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0001_appointments"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="browser",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
