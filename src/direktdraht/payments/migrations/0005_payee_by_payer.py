"""Refunds know whether the payer said where the money goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_order_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="refund",
            name="payee_by_payer",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="ordernotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ordered", "Zahlung angekündigt"),
                    ("due_soon", "An die Frist erinnert"),
                    ("overdue", "Nach der Frist erinnert"),
                    ("paid", "Eingang bestätigt"),
                    ("payee_wanted", "Nach dem Konto gefragt"),
                    ("refund_released", "Erstattung angekündigt"),
                ],
                max_length=20,
            ),
        ),
    ]
