"""Forms of the ledger's file."""

from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0007_rules_on_fees"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("content", models.JSONField()),
                ("is_default", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("is_default",), name="one_usual_export_profile"
                    )
                ],
            },
        ),
    ]
