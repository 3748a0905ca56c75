from django.db import migrations, models


class Migration(migrations.Migration):
    """The level of the seal on a decision."""

    dependencies = [
        ("cases", "0004_proofs"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="seal",
            field=models.CharField(blank=True, help_text="level of the city's seal on the letter, as PAdES names it", max_length=8),
        ),
    ]
