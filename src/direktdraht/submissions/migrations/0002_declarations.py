import uuid

import django.db.models.deletion
from django.db import migrations, models

import direktdraht.foundation.clock
import direktdraht.foundation.journal.digests


class Migration(migrations.Migration):
    """Declarations frozen for a signature."""

    dependencies = [
        ("documents", "0001_initial"),
        ("people", "0004_identification_request"),
        ("submissions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="frozen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="draft",
            name="page_secret",
            field=models.BinaryField(default=direktdraht.foundation.journal.digests.new_salt),
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=20, unique=True)),
                ("rule", models.CharField(max_length=60)),
                ("law", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("declared", models.JSONField(default=dict)),
                ("frozen_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document")),
                (
                    "draft",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="submissions.draft"),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("discarded_at", None)), fields=("draft",), name="one_declaration_a_draft")
                ],
            },
        ),
    ]
