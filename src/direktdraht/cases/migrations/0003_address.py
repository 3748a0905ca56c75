from django.db import migrations, models


class Migration(migrations.Migration):
    """Where a printed decision goes."""

    dependencies = [("cases", "0002_numbers")]
    operations = [migrations.AddField(model_name="case", name="person_address", field=models.TextField(blank=True))]
