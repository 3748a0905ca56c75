"""How a refusal reaches the person: a page, a message, an error of the form; who may not do a thing gets a 403."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from direktdraht.foundation.web.refusals import message_and, telling, trying


class BakeryError(Exception):
    """A refusal of a room made up for this test."""


class NotYours(BakeryError, PermissionDenied):
    """One that means: not you."""


class DoughTooBig(Exception):
    """A refusal of a lower room."""


class LoafForm(forms.Form):
    """One field."""

    dough = forms.CharField(required=False)


def answer(request: HttpRequest, error: Exception, **named: object) -> HttpResponse:
    return HttpResponse(f"{error}, {named['loaf']}", status=409)


def view_that_raises(error: Exception) -> HttpResponse:
    @telling(BakeryError, answer)
    def view(request: HttpRequest, loaf: str) -> HttpResponse:
        raise error

    return view(RequestFactory().get("/"), loaf="Nr. 7")


@pytest.fixture
def form() -> LoafForm:
    found = LoafForm({})
    assert found.is_valid()
    return found


def refuse(error: Exception) -> object:
    raise error


def test_a_refusal_is_answered_with_what_the_address_names() -> None:
    response = view_that_raises(BakeryError("Der Ofen ist kalt."))

    assert (response.status_code, response.content.decode()) == (409, "Der Ofen ist kalt., Nr. 7")


def test_who_may_not_gets_no_sentence_but_a_403() -> None:
    with pytest.raises(NotYours):
        view_that_raises(NotYours())


def test_what_another_room_raises_is_not_swallowed() -> None:
    with pytest.raises(DoughTooBig):
        view_that_raises(DoughTooBig())


def test_a_view_that_works_answers_itself() -> None:
    @telling(BakeryError, answer)
    def view(request: HttpRequest, loaf: str) -> HttpResponse:
        return HttpResponse(loaf)

    assert view(RequestFactory().get("/"), loaf="warm").content == b"warm"


def test_a_message_waits_where_the_person_is_led_to() -> None:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]  # enough for messages
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]  # where the middleware puts it

    @telling(BakeryError, message_and(lambda _request, loaf: HttpResponse(loaf, status=302)))
    def view(request: HttpRequest, loaf: str) -> HttpResponse:
        raise BakeryError("Der Ofen ist kalt.")

    response = view(request, loaf="Nr. 7")

    assert (response.status_code, response.content) == (302, b"Nr. 7")
    assert [(one.level_tag, one.message) for one in get_messages(request)] == [("error", "Der Ofen ist kalt.")]


def test_a_form_says_what_was_refused(form: LoafForm) -> None:
    assert not trying(BakeryError)(form, lambda: refuse(BakeryError("Der Ofen ist kalt.")))

    assert form.non_field_errors() == ["Der Ofen ist kalt."]


def test_a_refusal_that_is_about_a_field_stands_there(form: LoafForm) -> None:
    assert not trying(BakeryError, dough=DoughTooBig)(form, lambda: refuse(DoughTooBig("Zu viel Teig.")))

    assert form.errors == {"dough": ["Zu viel Teig."]}


def test_what_works_leaves_the_form_without_errors(form: LoafForm) -> None:
    assert trying(BakeryError)(form, lambda: None)

    assert not form.errors


def test_a_form_is_no_place_for_what_one_may_not(form: LoafForm) -> None:
    with pytest.raises(NotYours):
        trying(BakeryError)(form, lambda: refuse(NotYours()))
