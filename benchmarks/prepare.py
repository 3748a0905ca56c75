"""Fills the demo city's database for the measurements; runs inside Django with the owner's address.

``python -m benchmarks.prepare CASES DRAFTS`` prints as JSON what the requests need: the clerk's session, and for each
draft its id, its session and the digest that its review page carries.
"""

import json
import random
import sys
import uuid
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

django.setup()

from django.contrib.sessions.models import Session  # noqa: E402  # models need django.setup()

from benchmarks import prepare_forms, targets  # noqa: E402  # only after Django is set up
from direktdraht.cases.models import Case, State  # noqa: E402  # only after Django is set up
from direktdraht.forms import queries as forms  # noqa: E402  # only after Django is set up
from direktdraht.foundation import clock, codes  # noqa: E402  # only after Django is set up
from direktdraht.foundation.journal.digests import new_salt  # noqa: E402  # only after Django is set up
from direktdraht.people.models import Account, Unit  # noqa: E402  # only after Django is set up
from direktdraht.submissions import actions, kinds  # noqa: E402  # only after Django is set up
from direktdraht.submissions.access import SESSION_DRAFTS  # noqa: E402  # only after Django is set up
from direktdraht.submissions.models import Draft  # noqa: E402  # only after Django is set up

UNIT, FORM, CLERK = "abfall", "sperrmuell", "sachbearbeitung@musterstadt.example"
DESIGNER = "formulare@musterstadt.example"
FIRST_NUMBER = 5_000_000
BATCH = 5_000
STATES = (State.NEW, State.IN_PROGRESS, State.WAITING)
TITLES = ("Sperrmüll abholen lassen", "Sperrmüll anmelden: Schrank, Sofa, Matratze", "Meldung: wilder Müll am Waldrand")
NAMES = ("Robin Weber", "Noor Haddad", "Chris Öztürk", "Kim Yılmaz", "Toni Kowalski")
APPLICATION_ROLE = "direktdraht_app"


def cases(count: int) -> None:
    """Open cases in the clerk's unit, due around today, one in a hundred of them the clerk's own."""
    unit, clerk, chance = Unit.objects.get(key=UNIT), Account.objects.get(email=CLERK), random.Random(1)
    for start in range(0, count, BATCH):
        rows = [one_case(place, unit, clerk, chance) for place in range(start, min(start + BATCH, count))]
        Case.objects.bulk_create(rows)


def one_case(place: int, unit: Unit, clerk: Account, chance: random.Random) -> Case:
    """One invented case."""
    now, today = clock.now(), clock.today()
    state = chance.choice(STATES)
    return Case(
        id=uuid.UUID(int=chance.getrandbits(128), version=4),
        number=codes.case_number(2026, FIRST_NUMBER + place),
        title=chance.choice(TITLES),
        unit=unit,
        state=state,
        assignee=clerk if chance.random() < 0.01 else None,
        person_name=chance.choice(NAMES),
        person_email="robin@example.org",
        origin="bench",
        origin_ref=str(place),
        key_digest="0" * 64,
        received_at=now - timedelta(minutes=chance.randrange(1, 200_000)),
        promise_days=10,
        promise_due=today + timedelta(days=chance.randrange(-20, 60)),
        rested_since=today if state == State.WAITING else None,
        unread_by_staff=chance.random() < 0.1,
    )


def store_sessions(contents: list[dict[str, Any]]) -> list[str]:
    """One stored session for each content; returns their keys."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    until = datetime(2099, 1, 1, tzinfo=UTC)
    keys = [uuid.uuid4().hex for _ in contents]
    encode = store().encode
    rows = [Session(session_key=key, session_data=encode(content), expire_date=until) for key, content in zip(keys, contents, strict=True)]
    Session.objects.bulk_create(rows, batch_size=BATCH)
    return keys


def session_of(email: str) -> str:
    """A session in which somebody of the demo city is signed in."""
    clerk = Account.objects.get(email=email)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    return store_sessions([{SESSION_KEY: str(clerk.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: clerk.get_session_auth_hash()}])[0]


def answers() -> dict[str, Any]:
    """The answers of the form's first saved test that are valid, with a day that is allowed today."""
    version = forms.published_version(FORM)
    if version is None:
        raise SystemExit(f"the form {FORM} is not published in the demo city")
    valid = next(test for test in version.definition["tests"] if test["expect"]["valid"])
    today = clock.today()
    day = today + timedelta(days=14 - today.weekday())
    return {**valid["answers"], "day": day.isoformat(), "photos": [], "email": "robin@example.org"}


def drafts(count: int) -> list[dict[str, str]]:
    """Drafts that are ready to send, each in an anonymous visitor's session of its own."""
    version = forms.published_version(FORM)
    ref = str(version.pk) if version else ""
    rows = [Draft(kind="form", ref=ref, answers=answers(), case_key=codes.new_key(), salt=new_salt()) for _ in range(count)]
    Draft.objects.bulk_create(rows, batch_size=BATCH)
    ready = kinds.registry.get("form").ready(Draft.objects.get(pk=rows[0].pk))
    sessions = store_sessions([{SESSION_DRAFTS: [str(row.pk)]} for row in rows])
    return [
        {"draft": str(row.pk), "session": key, "seen": actions.frozen_digest(row, ready)} for row, key in zip(rows, sessions, strict=True)
    ]


def form_drafts(count: int) -> dict[str, Any]:
    """The forms of ``prepare_forms`` with a visitor's session for each draft."""
    prepare_forms.many_forms()
    large, rows = prepare_forms.large(count), prepare_forms.with_rows()
    waiting = [*large["drafts"], rows]
    for one, key in zip(waiting, store_sessions([{SESSION_DRAFTS: [one["draft"]]} for one in waiting]), strict=True):
        one["session"] = key
    return {"large": large, "rows": rows}


def baseline_table() -> None:
    """The table of the plain insert, and fresh statistics for everything."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_sent (id uuid PRIMARY KEY, words text NOT NULL)")
        cursor.execute(f"GRANT SELECT, INSERT ON bench_sent TO {APPLICATION_ROLE}")
        cursor.execute("ANALYZE")


def main() -> None:
    """Fill and print."""
    number_of_cases, number_of_drafts = int(sys.argv[1]), int(sys.argv[2])
    cases(number_of_cases)
    sessions = {"clerk": session_of(CLERK), "designer": session_of(DESIGNER)}
    prepared = {**sessions, "drafts": drafts(number_of_drafts), **form_drafts(number_of_drafts // 2 + targets.WRITERS)}
    baseline_table()
    print(json.dumps(prepared))


if __name__ == "__main__":
    main()
