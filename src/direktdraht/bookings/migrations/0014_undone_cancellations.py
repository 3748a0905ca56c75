"""What a cancelled booking was and what was given back for it, so that the cancellation can be taken back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of bookings; what was cancelled before stays cancelled."""

    dependencies = [("bookings", "0013_questions_of_offers"), ("payments", "0010_reinstatement")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="gave_up",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="booking",
            name="returned_cents",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="booking",
            name="refund",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="payments.refund"
            ),
        ),
    ]
