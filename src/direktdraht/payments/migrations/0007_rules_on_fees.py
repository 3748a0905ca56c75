"""Rules of the city's own on fees, on notices, and on how long people's data is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0006_former_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeeRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_basis", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("service", models.CharField(max_length=120)),
                ("account", models.CharField(max_length=40)),
                ("cost_centre", models.CharField(blank=True, max_length=40)),
                ("law", models.CharField(choices=[("public", "öffentlich-rechtlich"), ("private", "privatrechtlich")], max_length=10)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)), fields=("service", "valid_from"), name="one_fee_rule_a_beginning"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_basis", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("law", models.CharField(max_length=20)),
                ("ordered", models.BooleanField()),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)), fields=("law", "valid_from"), name="one_ordering_rule_a_beginning"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_basis", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("what", models.CharField(max_length=30)),
                ("years", models.PositiveSmallIntegerField()),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)), fields=("what", "valid_from"), name="one_retention_rule_a_beginning"
                    )
                ],
            },
        ),
    ]
