"""A file that goes with a mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("post", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="attachment",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="mail",
            name="attachment_name",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="mail",
            name="attachment_type",
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
