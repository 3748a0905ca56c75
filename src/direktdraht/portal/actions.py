"""What can be done at the front door: change the city's settings, try a failed job again."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.city.settings import City, Logo
from direktdraht.foundation.jobs import actions as jobs
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.access import is_admin
from direktdraht.people.models import Account


def change_city(*, city: City, logo: Logo | None, by: Account) -> None:
    """Store the city's settings; they hold on all nodes within two seconds. ``logo`` ``None`` leaves it as it is.

    Raises PermissionDenied. Journal: ``city.changed`` with the digest of the public settings.
    """
    if not is_admin(by):
        raise PermissionDenied
    with transaction.atomic():
        city_settings.save(city, logo)
        digest = hashlib.sha256(city.model_dump_json().encode()).hexdigest()
        journal.record("city.changed", subject="city:settings", digest=digest, facts={"logo": logo is not None}, by=str(by.pk))


def try_job_again(*, job_id: int, by: Account) -> bool:
    """Put a failed job back to the waiting ones; returns whether it was done.

    Raises PermissionDenied. Journal: ``job.tried_again``.
    """
    if not is_admin(by):
        raise PermissionDenied
    with transaction.atomic():
        task = jobs.try_again(job_id)
        if task:
            journal.record("job.tried_again", subject=f"job:{job_id}", facts={"task": task}, by=str(by.pk))
    return bool(task)
