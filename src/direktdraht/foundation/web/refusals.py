"""How a refusal of a room reaches the person: as a page, as a message on the next page, or as an error of the form.

Where somebody may not do something at all (``PermissionDenied``), it stays a page with status 403.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]
Answer = Callable[..., HttpResponse]
Tried = Callable[[BaseForm, Callable[[], object]], bool]
Errors = type[Exception] | tuple[type[Exception], ...]


def telling(errors: Errors, answer: Answer) -> Callable[[View], View]:
    """A decorator for the views of a room: where a view raises one of these errors, ``answer`` makes the response.

    ``answer`` is called with the request, the error, and the arguments from the view's address by name.
    """

    def told(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: object) -> HttpResponse:
            try:
                return view(request, **named)
            except PermissionDenied:
                raise
            except errors as error:
                return answer(request, error, **named)

        return guarded

    return told


def refused_page(template: str, *shown: str) -> Answer:
    """An answer for ``telling``: a page (409) with the sentence, and what of the view's address the template needs."""

    def answer(request: HttpRequest, error: Exception, **named: object) -> HttpResponse:
        return render(request, template, {"sentence": str(error), **{name: named[name] for name in shown}}, status=409)

    return answer


def message_and(lead_on: Answer, level: int = messages.ERROR) -> Answer:
    """An answer for ``telling``: the sentence as a message, shown where ``lead_on`` leads (called like a view)."""

    def answer(request: HttpRequest, error: Exception, **named: object) -> HttpResponse:
        messages.add_message(request, level, str(error))
        return lead_on(request, **named)

    return answer


def trying(errors: Errors, **fields: type[Exception]) -> Tried:
    """What runs an action for a form: a refusal becomes an error of the form, or of the field for which its type is named.

    The function that is returned says whether the action worked.
    """

    refusals = (*fields.values(), *(errors if isinstance(errors, tuple) else (errors,)))

    def tried(form: BaseForm, action: Callable[[], object]) -> bool:
        try:
            action()
        except PermissionDenied:
            raise
        except refusals as error:
            form.add_error(next((name for name, kind in fields.items() if isinstance(error, kind)), None), str(error))
            return False
        return True

    return tried
