"""The secret address of a site's calendar for staff."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0007_appointment_looks"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="feed_key",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="site",
            name="feed_names",
            field=models.BooleanField(default=False),
        ),
    ]
