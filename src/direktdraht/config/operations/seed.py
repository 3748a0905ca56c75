"""Fill a new demo, room by room; a room that is filled already is left alone."""

import argparse

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from direktdraht.foundation import demo


def execute(options: argparse.Namespace) -> int:
    """Seed every registered room, lower floors first (rooms register from the top floor down)."""
    if settings.MODE != "demo":
        raise ImproperlyConfigured("Invented data is only for the demo (direktdraht run --demo).")
    for name, entry in reversed(list(demo.registry.items())):
        if not entry.is_seeded():
            print(f"Seeding {name} …", flush=True)
            entry.seed(options.demo_scale)
    return 0
