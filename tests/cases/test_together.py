"""What several do at the same moment, against the real database without a test transaction."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from tests import cast
from tests.cases import factories

from direktdraht.cases import actions
from direktdraht.cases.errors import CasesError
from direktdraht.cases.models import Case, Message
from direktdraht.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(doing: Callable[[], object], times: int) -> list[object]:
    """Run ``doing`` in several threads that begin together; returns results and refusals."""
    results: list[object] = []
    barrier = Barrier(times)

    def run() -> None:
        barrier.wait()
        try:
            results.append(doing())
        except CasesError as error:
            results.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_four_clicks_at_once_make_one_message() -> None:
    case, kim, token = factories.bulky_case(), cast.kim(), uuid4()

    results = at_once(lambda: actions.answer(case=case, text="Gern.", by=kim, token=token), 4)

    assert len({message.pk for message in results if isinstance(message, Message)}) == 1
    assert len(results) == 4
    assert Entry.objects.filter(subject=case.subject, kind="case.answered").count() == 1


def test_cases_opened_at_once_get_different_numbers() -> None:
    cast.abfall()
    factories.bulky_service()

    results = at_once(factories.bulky_case, 6)

    assert len({case.number for case in results if isinstance(case, Case)}) == 6


def test_one_origin_opens_one_case_even_at_once() -> None:
    unit, reference = cast.abfall(), str(uuid4())

    def opening() -> object:
        return actions.open_case(
            origin="test", origin_ref=reference, title="Hund", service=None, unit=unit, person=actions.PersonFacts(), text="Ein Hund."
        )[1]

    keys = at_once(opening, 4)

    assert Case.objects.filter(origin_ref=reference).count() == 1
    assert sum(bool(key) for key in keys) == 1


def test_a_case_is_closed_once_even_at_once() -> None:
    case, kim = factories.bulky_case(), cast.kim()

    results = at_once(lambda: actions.close(case=case, outcome="done", reason="Fertig.", by=kim), 3)

    assert sum(isinstance(result, CasesError) for result in results) == 2
    assert Entry.objects.filter(subject=case.subject, kind="case.closed").count() == 1
