"""What is paid before it is sent."""

import django.db.models.deletion
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0003_bank_files"),
        ("submissions", "0003_demails"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaidFirst",
            fields=[
                ("draft_id", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("began_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("order", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.order")),
            ],
        ),
    ]
