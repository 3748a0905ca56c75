"""How tests are written here: an example to copy.

Names are sentences. Given, when and then are parted by blank lines. The cast is always the same people. Time
stands still where it matters. The failing side is tested too. What the harness checks by itself (unknown
template variables, chance order, page rules, warnings) needs no line in a test.
"""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from direktdraht.cases import actions as cases
from direktdraht.cases.errors import NotAllowed
from direktdraht.foundation import clock
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)


def test_a_clerk_of_the_unit_takes_what_a_resident_sent(client: Client) -> None:
    with clock.frozen(MONDAY):
        sent = way.sent(client)

        taken = cases.take(case=sent.case, by=cast.kim())

    assert taken.assignee == cast.kim()
    assert taken.promise_due == date(2026, 11, 27)  # four working days after Monday


def test_a_clerk_of_another_unit_cannot(client: Client) -> None:
    with clock.frozen(MONDAY):
        sent = way.sent(client)

        with pytest.raises(NotAllowed):
            cases.take(case=sent.case, by=cast.sascha())
