"""A reduction can be taken back: a kind of posting of its own."""

from django.db import migrations, models

KINDS = [
    ("charge", "Sollstellung"),
    ("reduction", "Minderung"),
    ("reinstatement", "Minderung zurückgenommen"),
    ("cancellation", "Storno"),
    ("expiry", "Ablauf"),
    ("revival", "Wieder aufgelebt"),
    ("waiver", "Erlass"),
    ("receipt", "Eingang"),
    ("return", "Rückläufer"),
    ("unclear", "Ungeklärter Eingang"),
    ("unclear_back", "Ungeklärter Eingang zurückgegeben"),
    ("assignment", "Zuordnung"),
    ("take_back", "Zuordnung zurückgenommen"),
    ("refund_request", "Erstattung angeordnet"),
    ("refund_withdrawn", "Erstattung zurückgenommen"),
    ("refund_paid", "Erstattung ausgezahlt"),
    ("refund_bounced", "Erstattung kam zurück"),
    ("transfer", "Umbuchung"),
    ("cash_float", "Wechselgeld"),
    ("cash_pickup", "Abführung"),
    ("cash_difference", "Kassendifferenz"),
]


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_erased_people")]

    operations = [migrations.AlterField(model_name="posting", name="kind", field=models.CharField(choices=KINDS, max_length=20))]
