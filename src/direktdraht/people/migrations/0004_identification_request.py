import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    """Requests for identification through another house."""

    dependencies = [
        ("people", "0003_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentificationRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("method", models.CharField(max_length=40)),
                ("asked", models.JSONField(default=list)),
                (
                    "level",
                    models.CharField(
                        choices=[("none", "keine Prüfung"), ("low", "niedrig"), ("substantial", "substanziell"), ("high", "hoch")],
                        max_length=20,
                    ),
                ),
                ("binding", models.CharField(max_length=64)),
                ("text", models.CharField(max_length=500)),
                ("return_to", models.CharField(max_length=300)),
                ("browser", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "läuft"), ("done", "gelungen"), ("failed", "nicht gelungen")], default="open", max_length=10
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=60)),
                ("memo", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_index=True, default=direktdraht.foundation.clock.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "identification",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.identification"
                    ),
                ),
            ],
        ),
    ]
