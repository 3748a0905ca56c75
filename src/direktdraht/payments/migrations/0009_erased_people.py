"""When names and accounts on movements and refunds were erased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0008_export_profiles"),
    ]

    operations = [
        migrations.AddField(
            model_name="bankentry",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="refund",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
