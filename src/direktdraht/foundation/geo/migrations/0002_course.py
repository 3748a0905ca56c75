from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_initial")]

    operations = [
        # The database keeps the default, so that the release before this one can still load streets.
        migrations.AddField(model_name="street", name="course", field=models.JSONField(db_default=[], default=list)),
    ]
