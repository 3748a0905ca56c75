"""A time that a form holds goes with its draft; occasions get keys by which forms name them."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify


def give_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every occasion a key made of its German title and, where that is taken, its number."""
    del schema_editor
    model = apps.get_model("bookings", "Occasion")
    taken: set[str] = set()
    for one in model.objects.order_by("pk"):
        wanted = slugify(str(one.title.get("de", "")))[:50] or "anlass"
        one.key = wanted if wanted not in taken else f"{wanted[:45]}-{one.pk}"
        taken.add(one.key)
        one.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0005_waiting_hall"),
        ("submissions", "0004_paid_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="draft",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="appointments", to="submissions.draft"
            ),
        ),
        migrations.AddField(
            model_name="occasion",
            name="key",
            field=models.SlugField(blank=True, max_length=60, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="origin",
            field=models.CharField(
                choices=[("web", "Internet"), ("phone", "Telefon"), ("wish", "Wunschliste"), ("form", "Formular")],
                default="web",
                max_length=10,
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
