"""Cases that run by themselves: a mark, a state, and an index without them, because nobody has to work on them."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

from direktdraht.cases.models.case import FAR_AWAY


class Migration(migrations.Migration):
    """The mark and state of cases that run by themselves."""

    dependencies = [
        ("cases", "0006_channels"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="runs",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "Neu"),
                    ("running", "Läuft von selbst"),
                    ("in_progress", "In Arbeit"),
                    ("waiting_for_person", "Wartet auf Person"),
                    ("decided", "Beschieden"),
                    ("closed", "Abgeschlossen"),
                ],
                default="new",
                max_length=20,
            ),
        ),
        migrations.RemoveIndex(model_name="case", name="cases_open_by_due"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("unit"),
                Coalesce("promise_due", models.Value(FAR_AWAY)),
                models.F("id"),
                name="cases_open_by_due",
                condition=~models.Q(state__in=("running", "closed")),
            ),
        ),
    ]
