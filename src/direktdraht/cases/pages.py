"""What the pages of both sides share: refusals as pages, forms that tell what went wrong."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from direktdraht.cases.errors import CasesError, NotAllowed
from direktdraht.foundation.documents.types import DocumentRefused

View = Callable[..., HttpResponse]


def told(view: View) -> View:
    """Turn a refusal into a page with its sentence and a way back (409); NotAllowed stays a 403."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **kwargs: object) -> HttpResponse:
        try:
            return view(request, number, **kwargs)
        except NotAllowed:
            raise
        except CasesError as error:
            return render(request, "cases/refused.html", {"sentence": str(error), "number": number}, status=409)

    return guarded


def tried(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run ``action``; a refusal becomes an error of the form. Returns whether it worked."""
    try:
        action()
    except NotAllowed:
        raise
    except DocumentRefused as error:
        form.add_error("uploads", str(error))
    except CasesError as error:
        form.add_error(None, str(error))
    else:
        return True
    return False
