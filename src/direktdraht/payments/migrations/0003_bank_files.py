"""Bank files, their movements, the nightly proof."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0002_ledger_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BankProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=direktdraht.foundation.clock.now)),
                ("exceptions", models.JSONField(blank=True, default=dict)),
                ("gaps", models.JSONField(blank=True, default=list)),
            ],
        ),
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("size_bytes", models.BigIntegerField()),
                ("state", models.CharField(choices=[("read", "eingelesen"), ("refused", "abgelehnt")], max_length=10)),
                ("findings", models.JSONField(blank=True, default=list)),
                ("statements", models.JSONField(blank=True, default=list)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(db_index=True, default=direktdraht.foundation.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BankEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account", models.CharField(max_length=34)),
                ("key", models.CharField(max_length=64)),
                ("booking_key", models.CharField(blank=True, db_index=True, max_length=64)),
                ("print_key", models.CharField(db_index=True, max_length=64)),
                ("cents", models.BigIntegerField()),
                ("booking_cents", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("booked_on", models.DateField(blank=True, null=True)),
                ("value_date", models.DateField()),
                ("references", models.JSONField(blank=True, default=list)),
                ("name", models.CharField(blank=True, max_length=140)),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("purpose", models.TextField(blank=True)),
                ("reversal", models.BooleanField(default=False)),
                ("returned", models.CharField(blank=True, max_length=35)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "noch nicht abgeglichen"),
                            ("matched", "zugeordnet"),
                            ("proposed", "Vorschlag"),
                            ("unclear", "ungeklärt"),
                            ("held", "zurückgestellt"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=20)),
                ("in_statement", models.BooleanField(default=False)),
                ("in_notification", models.BooleanField(default=False)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="bank_entries", to="payments.order"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_entries",
                        to="payments.posting",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_entries",
                        to="payments.refund",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="payments.bankfile")),
            ],
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "read")), fields=("digest",), name="one_bank_file_a_content"),
        ),
        migrations.AddIndex(
            model_name="bankentry",
            index=models.Index(fields=["state", "value_date"], name="bank_entries_by_state"),
        ),
        migrations.AddIndex(
            model_name="bankentry",
            index=models.Index(fields=["iban", "cents"], name="bank_entries_by_iban"),
        ),
        migrations.AddConstraint(
            model_name="bankentry",
            constraint=models.UniqueConstraint(fields=("account", "key"), name="one_bank_entry_a_key"),
        ),
    ]
