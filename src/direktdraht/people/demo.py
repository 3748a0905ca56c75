"""The people of the demo city: residents and staff, all with the same well-known password. Never outside the demo."""

from allauth.account.models import EmailAddress
from django.db import transaction

from direktdraht.people import actions
from direktdraht.people.models import Account, Role, Unit

PASSWORD = "direktdraht-demo"  # noqa: S105  # public on purpose: the banner and the README name it
CITY = "musterstadt.example"

RESIDENTS = {"buergerin": "Robin Weber", "buerger": "Noor Haddad"}
# Login name, name, and the places: unit, its name, role.
STAFF: dict[str, tuple[str, list[tuple[str, str, Role]]]] = {
    "sachbearbeitung": (
        "Kim Yılmaz",
        [("abfall", "Abfallwirtschaft", Role.CLERK), ("tiefbau", "Tiefbauamt", Role.CLERK), ("hauptamt", "Hauptamt", Role.CLERK)],
    ),
    "leitung": (
        "Alex Brandt",
        [
            ("abfall", "Abfallwirtschaft", Role.LEAD),
            ("tiefbau", "Tiefbauamt", Role.LEAD),
            ("hauptamt", "Hauptamt", Role.LEAD),
            ("kasse", "Stadtkasse", Role.FINANCE),
        ],
    ),
    "formulare": ("Toni Kowalski", [("hauptamt", "Hauptamt", Role.FORMS)]),
    "admin": ("Jo Hansen", [("hauptamt", "Hauptamt", Role.ADMIN)]),
}


class DemoPeople:
    """Registered with ``foundation.demo``."""

    def is_seeded(self) -> bool:
        """Whether the first resident is there."""
        return Account.objects.filter(email=f"buergerin@{CITY}").exists()

    def seed(self, scale: int) -> None:
        """Write all accounts; their number does not grow with ``scale``."""
        del scale
        with transaction.atomic():
            for login, name in RESIDENTS.items():
                account = Account.objects.create_user(f"{login}@{CITY}", PASSWORD, name=name)
                EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
            for login, (name, places) in STAFF.items():
                seed_staff(f"{login}@{CITY}", name, places)


def seed_staff(email: str, name: str, places: list[tuple[str, str, Role]]) -> None:
    """One member of staff with all places; units that are missing are made."""
    for key, unit_name, role in places:
        unit = Unit.objects.filter(key=key).first() or actions.add_unit(key=key, name=unit_name, email=f"{key}@{CITY}")
        account = actions.create_staff(email=email, name=name, unit=unit, role=role)
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
