"""How trust services answered when they were last asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("writtenform", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=500, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("timestamps", "Zeitstempeldienst"), ("revocation", "Auskunft über gesperrte Zertifikate")], max_length=20
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answered", models.BooleanField()),
                ("clock_difference", models.DurationField(blank=True, null=True)),
            ],
        ),
    ]
