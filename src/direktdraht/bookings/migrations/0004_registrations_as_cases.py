"""Registrations travel the one way: they hang on a draft and then on a case; those that are there already get theirs.

What was sent before gets no receipt: nothing was frozen then. Its proof is its signed row ``registration.sent`` (decision 36).
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from direktdraht.cases.numbers import next_number
from direktdraht.foundation import codes
from direktdraht.foundation.journal.digests import new_salt

KIND = "registration"
PROMISED_DAYS = 5
SEQUENCE = "CREATE SEQUENCE bookings_registration_number START 10001"
NO_SEQUENCE = "DROP SEQUENCE bookings_registration_number"


def give_drafts(apps: Any, schema_editor: Any) -> None:
    """A draft with the same id for each registration that was begun and not sent."""
    del schema_editor
    registrations, drafts = apps.get_model("bookings", "Registration"), apps.get_model("submissions", "Draft")
    for one in registrations.objects.filter(sent_at=None).order_by("pk").iterator():
        drafts.objects.create(
            id=one.pk,
            kind=KIND,
            ref=one.series_id,
            language=one.language,
            account_id=one.account_id,
            case_key=codes.new_key(),
            salt=new_salt(),
            page_secret=new_salt(),
            created_at=one.created_at,
            changed_at=one.created_at,
        )
        registrations.objects.filter(pk=one.pk).update(draft_id=one.pk)


def give_cases(apps: Any, schema_editor: Any) -> None:
    """A case that runs by itself for each registration that was sent and is not forgotten; its title keeps the old number."""
    del schema_editor
    registrations, cases = apps.get_model("bookings", "Registration"), apps.get_model("cases", "Case")
    sent = registrations.objects.filter(sent_at__isnull=False).exclude(contact_email="").select_related("series")
    for one in sent.order_by("sent_at", "pk").iterator():
        case = cases.objects.create(
            number=next_number(),
            title=f"Anmeldung: {one.series.title[:120]} ({one.number})",
            unit_id=one.series.unit_id,
            state="running",
            runs=True,
            person_name=one.contact_name,
            person_email=one.contact_email,
            account_id=one.account_id,
            language=one.language,
            origin=KIND,
            origin_ref=str(one.pk),
            key_digest=codes.key_digest(codes.new_key()),
            received_at=one.sent_at,
            promise_days=PROMISED_DAYS,
            unread_by_staff=False,
        )
        registrations.objects.filter(pk=one.pk).update(case_id=case.pk, number=case.number)


class Migration(migrations.Migration):
    """Draft and case of a registration, what it has not said yet; its number is the case's."""

    dependencies = [
        ("bookings", "0003_offers"),
        ("cases", "0007_running"),
        ("submissions", "0004_paid_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="draft",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="registration",
                to="submissions.draft",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="case",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registration",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="unsaid",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="registration",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["changed_at"], name="registrations_unsaid", condition=models.Q(unsaid__isnull=False)),
        ),
        migrations.RunPython(give_drafts, migrations.RunPython.noop),
        migrations.RunPython(give_cases, migrations.RunPython.noop),
        migrations.RunSQL(NO_SEQUENCE, SEQUENCE),
    ]
