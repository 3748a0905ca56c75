"""What the pages share: refusals as pages, forms that tell what went wrong, numbers from addresses."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from direktdraht.bookings.registrations.errors import NotAllowed, RegistrationsError
from direktdraht.foundation.spreadsheets import csv_lines

View = Callable[..., HttpResponse]
MOST_PAGES = 1_000
private = cache_control(private=True, no_store=True)


def told(view: View) -> View:
    """Turn a refusal into a page with its sentence and a way back (409); NotAllowed stays a 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed:
            raise
        except RegistrationsError as error:
            return render(request, "bookings/registrations/refused.html", {"sentence": str(error)}, status=409)

    return guarded


def tried(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run ``action``; a refusal becomes an error of the form. Returns whether it worked."""
    try:
        action()
    except NotAllowed:
        raise
    except RegistrationsError as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A list as a CSV file, safe to open in a spreadsheet program."""
    answer = HttpResponse("".join(csv_lines(heads, rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def number_in(request: HttpRequest, name: str, *, most: int = MOST_PAGES) -> int | None:
    """A number of the address, or nothing where none or a wrong one stands."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= most else None
