"""Who of the staff saw who waits for a time, one row an hour."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0014_undone_cancellations"),
        ("people", "0006_finance_role"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WishLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "wish",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="bookings.wish"),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("wish", "account", "hour"), name="one_wish_look_an_hour")],
            },
        ),
    ]
