"""Forms of the ledger's file: kept, made the usual one, removed by whoever keeps the city's accounts."""

from django.db import IntegrityError, transaction

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments.access import require_keeper
from direktdraht.payments.errors import NameTaken
from direktdraht.payments.ledger_file import Profile
from direktdraht.payments.models import ExportProfile
from direktdraht.people.models import Account


def keep_profile(*, name: str, profile: Profile, by: Account, of: ExportProfile | None = None) -> ExportProfile:
    """Store a new form of the file, or change one. Raises NotAllowed, NameTaken. Journal: ``ledger.profile_kept``."""
    require_keeper(by)
    try:
        with transaction.atomic():
            kept = ExportProfile() if of is None else ExportProfile.objects.select_for_update().get(pk=of.pk)
            kept.name, kept.content, kept.changed_at = name, profile.model_dump(mode="json"), clock.now()
            kept.save()
            record(kept, "kept", by)
    except IntegrityError as error:
        raise NameTaken from error
    return kept


def make_usual(*, profile: ExportProfile, by: Account) -> None:
    """Let a form be the usual one. Doing it twice changes nothing. Raises NotAllowed. Journal: ``ledger.profile_usual``."""
    require_keeper(by)
    with transaction.atomic():
        list(ExportProfile.objects.select_for_update().order_by("pk"))
        ExportProfile.objects.exclude(pk=profile.pk).filter(is_default=True).update(is_default=False)
        if ExportProfile.objects.filter(pk=profile.pk, is_default=False).update(is_default=True):
            record(profile, "usual", by)


def remove_profile(*, profile: ExportProfile, by: Account) -> None:
    """Remove a form; was it the usual one, that of the software is. Raises NotAllowed. Journal: ``ledger.profile_removed``."""
    require_keeper(by)
    with transaction.atomic():
        gone, _by_model = ExportProfile.objects.filter(pk=profile.pk).delete()
        if gone:
            record(profile, "removed", by)


def record(profile: ExportProfile, what: str, by: Account) -> None:
    """Write the journal's row."""
    journal.record(f"ledger.profile_{what}", subject=f"export_profile:{profile.pk}", by=str(by.pk))


def record_orders_exported(*, by: Account, rows: int) -> None:
    """Note that a list of orders left the house as a file. Journal: ``orders.exported``."""
    with transaction.atomic():
        journal.record("orders.exported", subject=f"account:{by.pk}", facts={"rows": rows}, by=str(by.pk))
