"""The cast that all tests share."""

import pytest
from tests import cast

pytestmark = pytest.mark.django_db


def test_everybody_of_the_cast_can_be_made_twice() -> None:
    first = [make() for make in (cast.robin, cast.kim, cast.alex, cast.sascha, cast.toni, cast.jo)]

    second = [make() for make in (cast.robin, cast.kim, cast.alex, cast.sascha, cast.toni, cast.jo)]

    assert [account.pk for account in first] == [account.pk for account in second]
