import uuid

import django.db.models.deletion
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    """Proofs and their evidence."""

    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("people", "0004_identification_request"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("way", models.CharField(max_length=40)),
                (
                    "level",
                    models.CharField(
                        choices=[("none", "keine Prüfung"), ("low", "niedrig"), ("substantial", "substanziell"), ("high", "hoch")],
                        max_length=20,
                    ),
                ),
                ("rule", models.CharField(max_length=60)),
                ("paragraph", models.CharField(max_length=300)),
                ("ruled_on", models.DateField()),
                ("signer", models.CharField(max_length=300)),
                ("given_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("facts", models.JSONField(default=dict)),
                ("checks", models.JSONField(default=list)),
                ("manifest", models.JSONField(default=dict)),
                ("salt", models.BinaryField(max_length=32)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "identification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="people.identification",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProofEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=60)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document")),
                ("proof", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="writtenform.proof")),
            ],
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.UniqueConstraint(
                condition=models.Q(("discarded_at", None)), fields=("digest",), name="one_proof_a_declaration"
            ),
        ),
        migrations.AddConstraint(
            model_name="proofevidence",
            constraint=models.UniqueConstraint(fields=("proof", "role"), name="one_evidence_a_role"),
        ),
    ]
