"""Rules on the written form that the city sets itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("writtenform", "0002_service_states"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("law", models.CharField(max_length=20)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("content", models.JSONField()),
                ("reason", models.CharField(max_length=500)),
                ("added_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)), fields=("key", "law", "valid_from"), name="one_own_rule_a_beginning"
                    )
                ],
            },
        ),
    ]
