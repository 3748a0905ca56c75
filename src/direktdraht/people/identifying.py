"""Identification through another house: begin a request, finish it once, or note why it failed.

A request answers for one declaration (its digest), in the browser that began it, within an hour, once.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account, Identification, IdentificationRequest, Level, RequestState, UsedAnswer

LASTS = timedelta(hours=1)
BROWSER = "identifying"


class NotAnswerable(Exception):
    """The request is unknown, answered already, too old, or was begun in another browser."""


def begin(
    request: HttpRequest, *, method: str, asked: Iterable[str], level: str, binding: str, text: str, return_to: str
) -> IdentificationRequest:
    """Note that this browser asks who is speaking; the method's ``start`` then sends the person away."""
    account = request.user if isinstance(request.user, Account) else None
    return IdentificationRequest.objects.create(
        method=method,
        asked=sorted(set(asked)),
        level=Level(level),
        binding=binding,
        text=text[:500],
        return_to=return_to,
        browser=browser_of(request),
        account=account,
    )


def browser_of(request: HttpRequest) -> str:
    """A random mark that this browser's session carries, also after its key was changed."""
    mark = request.session.get(BROWSER)
    if not isinstance(mark, str):
        mark = secrets.token_hex(32)
        request.session[BROWSER] = mark
    return mark


def open_request(request_id: UUID | str, *, method: str) -> IdentificationRequest:
    """The request that may still be answered, held until the transaction ends. Raises NotAnswerable."""
    try:
        key = UUID(str(request_id))
    except ValueError as problem:
        raise NotAnswerable from problem
    found = IdentificationRequest.objects.select_for_update(of=("self",)).filter(pk=key, method=method).first()
    if found is None or found.state != RequestState.OPEN or found.created_at < clock.now() - LASTS:
        raise NotAnswerable
    return found


def remember(wanted: IdentificationRequest, memo: Mapping[str, Any]) -> None:
    """Keep what the protocol needs to recognise its answer."""
    wanted.memo = dict(memo)
    wanted.save(update_fields=["memo"])


def finish(wanted: IdentificationRequest, *, level: str, attributes: Mapping[str, str], evidence: Mapping[str, Any]) -> Identification:
    """Store who is speaking, with only the attributes that were asked for. The caller holds the request.

    Journal: ``person.identified`` with method and level.
    """
    with transaction.atomic():
        found = Identification.objects.create(
            account=wanted.account,
            method=wanted.method,
            level=Level(level),
            attributes={name: value for name, value in attributes.items() if name in wanted.asked},
            evidence=dict(evidence),
        )
        wanted.state, wanted.identification = RequestState.DONE, found
        close(wanted)
        facts = {"method": wanted.method, "level": str(level), "declaration": wanted.binding}
        journal.record("person.identified", subject=f"identification:{found.pk}", facts=facts)
    return found


def fail(wanted: IdentificationRequest, failure: str) -> None:
    """Note why nobody was identified. The caller holds the request. Journal: ``person.not_identified``."""
    with transaction.atomic():
        wanted.state, wanted.failure = RequestState.FAILED, failure[:60]
        close(wanted)
        facts = {"method": wanted.method, "failure": wanted.failure}
        journal.record("person.not_identified", subject=f"request:{wanted.pk}", facts=facts)


def close(wanted: IdentificationRequest) -> None:
    """Write the end of a request; what the protocol kept for itself is no longer needed."""
    wanted.finished_at, wanted.memo = clock.now(), {}
    wanted.save(update_fields=["state", "identification", "failure", "finished_at", "memo"])


def way_back(wanted: IdentificationRequest) -> str:
    """Where the person goes on in this house: an address of ours, drawn when the request began."""
    return f"{wanted.return_to}?anfrage={wanted.pk}"


def answered(request: HttpRequest, request_id: str, *, binding: str) -> IdentificationRequest:
    """The request that this browser began for this declaration, with its answer. Raises NotAnswerable."""
    try:
        key = UUID(request_id)
    except ValueError as problem:
        raise NotAnswerable from problem
    found = IdentificationRequest.objects.select_related("identification").filter(pk=key, binding=binding).first()
    if found is None or found.browser != browser_of(request):
        raise NotAnswerable
    return found


def use_once(marks: Iterable[str], *, until: datetime) -> bool:
    """Note the marks of an answer of another house; false if one was used before. They are kept until ``until``."""
    try:
        with transaction.atomic():
            UsedAnswer.objects.bulk_create([UsedAnswer(mark=mark, until=until) for mark in marks])
    except IntegrityError:
        return False
    return True


def forget_used() -> int:
    """Remove marks of answers that are too old to be used again. Returns how many."""
    return UsedAnswer.objects.filter(until__lt=clock.now()).delete()[0]


def forget_old() -> int:
    """Remove requests that are over for a day; what they led to stays. Returns how many."""
    return IdentificationRequest.objects.filter(created_at__lt=clock.now() - timedelta(days=1)).delete()[0]
