"""The role Kassenführung: who keeps the city's accounts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_used_answer"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("clerk", "Sachbearbeitung"),
                    ("lead", "Leitung"),
                    ("forms", "Formulare"),
                    ("finance", "Kassenführung"),
                    ("admin", "Verwaltung der Plattform"),
                ],
                max_length=20,
            ),
        ),
    ]
