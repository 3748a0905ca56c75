"""Who was there: ticks by date and person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    """A table of ticks; nothing else changes."""

    dependencies = [
        ("bookings", "0008_site_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presence",
                    models.CharField(choices=[("present", "anwesend"), ("excused", "entschuldigt"), ("absent", "gefehlt")], max_length=10),
                ),
                ("at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="bookings.participant"),
                ),
                (
                    "session",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="bookings.session"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("session", "participant"), name="one_tick_a_person_and_session")],
            },
        ),
    ]
