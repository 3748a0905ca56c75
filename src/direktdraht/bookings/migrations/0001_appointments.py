"""Sites, counters, hours, appointments with their cells, wishes."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0005_decision_seal"),
        ("people", "0005_used_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.JSONField()),
                ("bring", models.JSONField(blank=True, default=dict)),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(480)]
                    ),
                ),
                ("buffer_minutes", models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(120)])),
                ("lead_minutes", models.PositiveIntegerField(default=60, validators=[django.core.validators.MaxValueValidator(43200)])),
                (
                    "days_ahead",
                    models.PositiveSmallIntegerField(
                        default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)]
                    ),
                ),
                ("by_request", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("sort_key", models.CharField(default="", editable=False, max_length=300)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="occasions", to="people.unit")),
            ],
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("address", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("active", models.BooleanField(default=True)),
                ("sort_key", models.CharField(default="", editable=False, max_length=300)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sites", to="people.unit")),
            ],
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)]
                    ),
                ),
                (
                    "raster_minutes",
                    models.PositiveSmallIntegerField(choices=[(5, 5), (10, 10), (15, 15), (20, 20), (30, 30), (60, 60)], default=15),
                ),
                ("active", models.BooleanField(default=True)),
                ("occasions", models.ManyToManyField(related_name="counters", to="bookings.occasion")),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="counters", to="bookings.site")),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("occasions", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("weekdays", django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                ("from_time", models.TimeField()),
                ("until_time", models.TimeField()),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=320)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(default="de", max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wartet"),
                            ("offered", "Angebot läuft"),
                            ("booked", "Termin gebucht"),
                            ("withdrawn", "von der Person zurückgezogen"),
                            ("ended", "beendet"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("lot", models.BigIntegerField()),
                ("lapsed", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("sites", models.ManyToManyField(related_name="wishes", to="bookings.site")),
            ],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "gehalten"),
                            ("offered", "angeboten"),
                            ("booked", "gebucht"),
                            ("cancelled", "abgesagt"),
                            ("lapsed", "verfallen"),
                        ],
                        default="held",
                        max_length=10,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("web", "Internet"), ("phone", "Telefon"), ("wish", "Wunschliste")], default="web", max_length=10
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("held_by", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(blank=True, max_length=320)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(default="de", max_length=20)),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "presence",
                    models.CharField(choices=[("open", "offen"), ("arrived", "da"), ("missed", "nicht da")], default="open", max_length=10),
                ),
                ("cancelled_by_city", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("changed_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="appointment", to="cases.case"
                    ),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="bookings.site")),
                (
                    "wish",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="offers", to="bookings.wish"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("seat", models.PositiveSmallIntegerField()),
                (
                    "appointment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="bookings.appointment"),
                ),
                ("counter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bookings.counter")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("counter", "at", "seat"), name="one_appointment_a_cell")],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occasions", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("place", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("blocked_until", models.DateTimeField()),
                (
                    "appointment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="bookings.appointment"),
                ),
                ("counter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="bookings.counter")),
            ],
            options={
                "indexes": [models.Index(fields=["counter", "starts_at"], name="parts_of_counter")],
                "constraints": [models.UniqueConstraint(fields=("appointment", "place"), name="one_part_a_place")],
            },
        ),
        migrations.CreateModel(
            name="Hours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Montag"),
                            (1, "Dienstag"),
                            (2, "Mittwoch"),
                            (3, "Donnerstag"),
                            (4, "Freitag"),
                            (5, "Samstag"),
                            (6, "Sonntag"),
                        ]
                    ),
                ),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "counter",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="bookings.counter"
                    ),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="bookings.site")),
            ],
            options={
                "indexes": [models.Index(fields=["site", "weekday"], name="hours_of_site")],
            },
        ),
        migrations.CreateModel(
            name="DayException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("is_open", models.BooleanField(default=False)),
                ("opens", models.TimeField(blank=True, null=True)),
                ("closes", models.TimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "counter",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="exceptions", to="bookings.counter"
                    ),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="exceptions", to="bookings.site")),
            ],
            options={
                "indexes": [models.Index(fields=["site", "day"], name="exceptions_of_site")],
            },
        ),
        migrations.AddConstraint(
            model_name="counter",
            constraint=models.CheckConstraint(condition=models.Q(("seats__gte", 1), ("seats__lte", 50)), name="counter_seats"),
        ),
        migrations.AddIndex(
            model_name="wish",
            index=models.Index(fields=["state", "asked_on", "lot"], name="wishes_in_turn"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["site", "starts_at"], name="appointments_of_site"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["account", "starts_at"], name="appointments_of_account"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(condition=models.Q(("held_until__isnull", False)), fields=["held_until"], name="appointments_held"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(condition=models.Q(("email", ""), _negated=True), fields=["email"], name="appointments_by_email"),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="appointment_ends_after_start"
            ),
        ),
    ]
