"""What can be done with mail: queue it, try a failed one again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.post.jobs import send_mail
from direktdraht.foundation.post.models import Mail, State

LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class Attachment:
    """A text file that goes with a mail, for example a calendar file."""

    name: str
    text: str
    content_type: str


NOTHING = Attachment("", "", "")


def queue_mail(
    *, to: str, template: str, context: Mapping[str, Any], language: str = "de", key: str = "", attachment: Attachment | None = None
) -> Mail:
    """Queue a mail inside the caller's transaction: without a commit nothing is sent.

    ``template`` names a pair ``<template>.subject.txt`` and ``<template>.txt``. The same ``key`` queues once
    and returns the first mail.
    """
    with transaction.atomic():
        known = Mail.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        subject, text = render(template, context, language)
        file = attachment or NOTHING
        mail = Mail.objects.create(
            key=key or None,
            to=to,
            subject=subject,
            text=text,
            template=template,
            attachment_name=file.name,
            attachment_type=file.content_type,
            attachment=file.text,
        )
        send_mail.defer(mail_id=str(mail.id))
    return mail


def render(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Return subject (one line) and text of a mail in ``language``."""
    with translation.override(language):
        known = {**context, "city": city_settings.current(), "base_url": settings.BASE_URL}
        subject = " ".join(render_to_string(f"{template}.subject.txt", known).split())
        text = render_to_string(f"{template}.txt", known).strip() + "\n"
    return subject[:LONGEST_SUBJECT], text


def try_again(mail: Mail) -> None:
    """Queue a failed mail once more."""
    with transaction.atomic():
        changed = Mail.objects.filter(pk=mail.pk, state=State.FAILED).update(state=State.QUEUED, attempts=0, problem="")
        if changed:
            send_mail.defer(mail_id=str(mail.pk))
