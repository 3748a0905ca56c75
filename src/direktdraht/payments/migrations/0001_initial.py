"""Ledger, orders, attempts to pay, refunds, cash drawers, settings."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import direktdraht.foundation.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0006_finance_role"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerAccount",
            fields=[
                ("key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receivables", "Forderungen"),
                            ("bank", "Bank"),
                            ("cash", "Barkasse"),
                            ("clearing", "Verrechnung mit Zahlungsdienst"),
                            ("transit", "Geld unterwegs"),
                            ("revenue", "Ertrag"),
                            ("unclear", "Verwahrung"),
                            ("refunds", "Erstattungen"),
                            ("waivers", "Erlass"),
                            ("differences", "Kassendifferenzen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("number", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="CashDrawer",
            fields=[
                ("key", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit")),
            ],
        ),
        migrations.CreateModel(
            name="ClosedDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("totals", models.JSONField(default=dict)),
                ("postings", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("owner_kind", models.CharField(max_length=40)),
                ("owner_id", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=200)),
                ("payer_name", models.CharField(blank=True, max_length=200)),
                ("payer_email", models.EmailField(blank=True, max_length=254)),
                ("key_digest", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(default="de", max_length=12)),
                ("total_cents", models.BigIntegerField()),
                ("ways", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("due_on", models.DateField()),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("closed", models.CharField(blank=True, max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "offen"),
                            ("partly_paid", "teilweise bezahlt"),
                            ("paid", "bezahlt"),
                            ("overpaid", "zu viel bezahlt"),
                            ("cancelled", "storniert"),
                            ("expired", "abgelaufen"),
                            ("waived", "erlassen"),
                            ("refunded", "erstattet"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("open_cents", models.BigIntegerField(default=0)),
                ("owed_cents", models.BigIntegerField(default=0)),
                ("received_cents", models.BigIntegerField(default=0)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="orders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                ("at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("cents", models.BigIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("posting_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="events", to="payments.order")),
            ],
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200)),
                ("cents", models.BigIntegerField()),
                ("revenue_account", models.CharField(max_length=40)),
                ("cost_centre", models.CharField(blank=True, max_length=40)),
                ("law", models.CharField(choices=[("public", "öffentlich-rechtlich"), ("private", "privatrechtlich")], max_length=10)),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="payments.order")),
            ],
        ),
        migrations.CreateModel(
            name="PayFirstRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(max_length=120)),
                ("legal_basis", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("provider", models.CharField(max_length=40)),
                ("provider_id", models.CharField(blank=True, max_length=140)),
                ("cents", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("starting", "wird begonnen"),
                            ("waiting", "wartet auf Sie"),
                            ("unsure", "noch nicht bestätigt"),
                            ("paid", "bezahlt"),
                            ("failed", "nicht gelungen"),
                            ("cancelled", "abgebrochen"),
                            ("timed_out", "Zeit abgelaufen"),
                        ],
                        default="starting",
                        max_length=12,
                    ),
                ),
                ("redirect_url", models.CharField(blank=True, max_length=1000)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("memo", models.JSONField(blank=True, default=dict)),
                ("started_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("ask_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="payments.order")),
            ],
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("charge", "Sollstellung"),
                            ("reduction", "Minderung"),
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
                        ],
                        max_length=20,
                    ),
                ),
                ("day", models.DateField(db_index=True)),
                ("value_date", models.DateField()),
                ("source", models.CharField(blank=True, max_length=40)),
                ("source_id", models.CharField(blank=True, max_length=140)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="payments.order"
                    ),
                ),
                (
                    "settles",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="settled_by", to="payments.posting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostingLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("cost_centre", models.CharField(blank=True, max_length=40)),
                ("side", models.CharField(choices=[("debit", "Soll"), ("credit", "Haben")], max_length=6)),
                ("cents", models.BigIntegerField()),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.ledgeraccount")),
                ("posting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.posting")),
            ],
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("cents", models.BigIntegerField()),
                ("way", models.CharField(max_length=40)),
                ("provider_id", models.CharField(blank=True, max_length=140)),
                ("payee_name", models.CharField(blank=True, max_length=140)),
                ("payee_iban", models.CharField(blank=True, max_length=34)),
                ("reason", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "angeordnet"),
                            ("released", "freigegeben"),
                            ("sent", "unterwegs"),
                            ("paid", "ausgezahlt"),
                            ("withdrawn", "zurückgenommen"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                ("automatic", models.BooleanField(default=False)),
                ("requested_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("ask_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="payments.order")),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="payments.payment"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SetupRecord",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("values", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_payment_setup")],
            },
        ),
        migrations.CreateModel(
            name="CashSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField(default=direktdraht.foundation.clock.now)),
                ("float_cents", models.BigIntegerField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("expected_cents", models.BigIntegerField(blank=True, null=True)),
                ("counted_cents", models.BigIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "drawer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="payments.cashdrawer"),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("closed_at", None)), fields=("drawer",), name="one_open_session_a_drawer"),
                    models.CheckConstraint(condition=models.Q(("float_cents__gte", 0)), name="cash_float_not_below_zero"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["owner_kind", "owner_id"], name="orders_of_an_owner"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["state", "due_on"], name="orders_by_state"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "partly_paid"])), fields=["expires_at"], name="orders_that_expire"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(("total_cents__gt", 0)), name="order_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.UniqueConstraint(fields=("order", "position"), name="one_order_line_a_position"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="order_line_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="payfirstrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("service", "valid_from"), name="one_pay_first_rule_a_beginning"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["starting", "waiting", "unsure"])), fields=("order",), name="one_attempt_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("provider_id", ""), _negated=True), fields=("provider", "provider_id"), name="one_payment_a_provider_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="payment_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True), fields=("source", "source_id"), name="one_posting_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="postingline",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="posting_line_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="postingline",
            constraint=models.CheckConstraint(condition=models.Q(("side__in", ["debit", "credit"])), name="posting_line_has_a_side"),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="refund_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by", None),
                    ("requested_by", None),
                    models.Q(("released_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="refund_by_four_eyes",
            ),
        ),
    ]
