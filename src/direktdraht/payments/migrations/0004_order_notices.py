"""Which mails told payers about their orders."""

import django.db.models.deletion
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0003_bank_files"),
        ("post", "0002_attachment"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordered", "Zahlung angekündigt"),
                            ("due_soon", "An die Frist erinnert"),
                            ("overdue", "Nach der Frist erinnert"),
                            ("paid", "Eingang bestätigt"),
                            ("refund_released", "Erstattung angekündigt"),
                        ],
                        max_length=20,
                    ),
                ),
                ("occasion", models.CharField(blank=True, max_length=80)),
                ("at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="post.mail"
                    ),
                ),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="payments.order")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("order", "kind", "occasion"), name="one_notice_an_occasion")],
            },
        ),
    ]
