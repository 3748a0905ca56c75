"""Offers ask questions of their own; the answers stand with the wish for the offer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of offers and wishes; offers that exist ask nothing more."""

    dependencies = [("bookings", "0012_reminders")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="questions",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="offerwish",
            name="answers",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
