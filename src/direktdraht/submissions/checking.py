"""Checking a receipt from outside: says valid or not, when, under which digest, sealed since; never whose or what."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from direktdraht.foundation import codes
from direktdraht.foundation.journal import queries as journal
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.limits import counting as limits
from direktdraht.submissions import access
from direktdraht.submissions.models import Submission

MOST_PDF_BYTES = 20_000_000


@dataclass(frozen=True)
class Result:
    """What the check page shows of a valid receipt."""

    received_at: datetime
    digest: str
    sealed_at: datetime | None
    batch: int | None


def by_code(number: str, code: str, *, address: str) -> Result | None:
    """The receipt with this number and check code; ``None`` for every kind of mismatch alike."""
    submission = access.find_by_check_code(codes.check_case_number(number), code, address=address)
    return None if submission is None else result_of(submission)


def by_pdf(upload: "UploadedFile[bytes]", *, address: str) -> Result | None:
    """The receipt whose stored PDF has the same content; the upload is read in pieces and dropped."""
    if not limits.hit("submissions.check", address, limit=access.TRIES_PER_HOUR, seconds=3600) or (upload.size or 0) > MOST_PDF_BYTES:
        return None
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    submission = Submission.objects.filter(receipt_pdf__sha256=digest.hexdigest()).first()
    return None if submission is None else result_of(submission)


def result_of(submission: Submission) -> Result:
    """What may be told of a submission."""
    seal = journal.seal_of(Entry.objects.get(pk=submission.journal_entry))
    return Result(submission.received_at, submission.digest, seal.sealed_at if seal else None, seal.number if seal else None)
