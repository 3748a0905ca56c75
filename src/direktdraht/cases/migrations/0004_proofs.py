import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    """Proofs of the written form in cases."""

    dependencies = [
        ("cases", "0003_address"),
        ("writtenform", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("clear", "dieselbe Person"),
                            ("open", "wird abgeglichen"),
                            ("accepted", "als dieselbe Person anerkannt"),
                            ("refused", "andere Person"),
                        ],
                        default="clear",
                        max_length=10,
                    ),
                ),
                ("likeness", models.CharField(blank=True, max_length=10)),
                ("declared", models.JSONField(default=dict)),
                ("proved", models.JSONField(default=dict)),
                ("added_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="cases.case")),
                ("proof", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="writtenform.proof")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["match", "added_at"], name="case_proofs_by_match")],
            },
        ),
    ]
