"""Waiting halls of sites: settings, the numbers of the day, counters that pause, counts of past days."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0004_registrations_as_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("counter", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="pause", to="bookings.counter")),
            ],
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("drawn", models.PositiveIntegerField()),
                ("with_appointment", models.PositiveIntegerField()),
                ("served", models.PositiveIntegerField()),
                ("gone", models.PositiveIntegerField()),
                ("told", models.PositiveIntegerField()),
                ("median_minutes", models.PositiveIntegerField(blank=True, null=True)),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="day_counts", to="bookings.site")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("site", "day"), name="one_count_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Hall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("active", models.BooleanField(default=True)),
                ("stop_minutes", models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MaxValueValidator(240)])),
                ("chances", models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MaxValueValidator(5)])),
                ("generation", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("occasions", models.ManyToManyField(blank=True, related_name="halls", to="bookings.occasion")),
                ("site", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="hall", to="bookings.site")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("chances__gte", 1), ("chances__lte", 5)), name="hall_chances")],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("letter", models.CharField(max_length=1)),
                ("number", models.PositiveSmallIntegerField()),
                ("occasions", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("stage", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wartet"),
                            ("called", "aufgerufen"),
                            ("served", "am Schalter"),
                            ("done", "erledigt"),
                            ("gone", "nicht gekommen"),
                            ("left", "gegangen"),
                            ("told", "nicht mehr bedient"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("drawn_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("first_called_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("calls", models.PositiveSmallIntegerField(default=0)),
                ("missed", models.PositiveSmallIntegerField(default=0)),
                ("draw_key", models.UUIDField(blank=True, null=True, unique=True)),
                ("call_key", models.UUIDField(blank=True, null=True, unique=True)),
                (
                    "appointment",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="ticket", to="bookings.appointment"
                    ),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bookings.counter"
                    ),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="bookings.site")),
            ],
            options={
                "indexes": [models.Index(fields=["site", "day", "state"], name="tickets_of_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("site", "day", "letter", "number"), name="one_number_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counter__isnull", False), ("state__in", ["called", "served"])),
                            models.Q(("state__in", ["called", "served"]), _negated=True),
                            _connector="OR",
                        ),
                        name="called_to_a_counter",
                    ),
                ],
            },
        ),
    ]
