"""Timestamps of a foreign service over the roots of seals."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RootStamp",
            fields=[
                (
                    "seal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="stamp",
                        serialize=False,
                        to="journal.seal",
                    ),
                ),
                ("token", models.BinaryField()),
                ("stamped_at", models.DateTimeField()),
                ("authority", models.CharField(max_length=200)),
            ],
        ),
    ]
