"""The components: template tags with named arguments. A staff page shows each in every state."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.money import cents_in_words
from direktdraht.foundation.texts import pick
from direktdraht.foundation.web import dates, markup
from direktdraht.foundation.web.tables import PageProblem, Pages, ShownFile, Tab, Table, ThreadMessage

register = template.Library()

LANGUAGE_CHOICES = (
    {"code": "de", "lang": "de", "label": "Deutsch"},
    {"code": "de-x-leicht", "lang": "de", "label": "Leichte Sprache"},
    {"code": "en", "lang": "en", "label": "English"},
)


@register.simple_tag
def language_choices(present: str) -> list[dict[str, str]]:
    """The languages one can change to from the present one."""
    return [choice for choice in LANGUAGE_CHOICES if choice["code"] != present]


@register.inclusion_tag("web/components/breadcrumb.html")
def breadcrumb(*, items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Where the page lies; the last item has no address."""
    return {"items": items}


@register.inclusion_tag("web/components/breadcrumb.html", takes_context=True)
def breadcrumb_to(context: template.Context, label: str, url: str, here: dict[str, str]) -> dict[str, Any]:
    """A breadcrumb of one parent and the present page, whose title is a text of the city."""
    return {"items": [(label, url), (pick(here, str(context["text_language"]))[0], "")]}


@register.inclusion_tag("web/components/map_scripts.html")
def map_scripts(*, needed: bool) -> dict[str, Any]:
    """What a page with a map loads, in its head; nothing where none is ``needed``. The view answers ``with_map``."""
    return {"needed": needed, "city": city_settings.current()}


@register.inclusion_tag("web/components/notice.html")
def notice(*, kind: str, title: str = "", text: str = "", live: bool = False) -> dict[str, Any]:
    """A notice: ``info``, ``success``, ``warning`` or ``danger``; ``live`` is announced by screen readers."""
    return {"kind": kind, "title": title, "text": text, "live": live}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(*, form: forms.BaseForm | None = None, problems: Sequence[PageProblem] = ()) -> dict[str, Any]:
    """What to mend, each line a link to its field; empty without problems."""
    found = list(problems)
    if form is not None and form.is_bound:
        found += [PageProblem(str(text)) for text in form.non_field_errors()]
        found += [PageProblem(f"{field.label}: {text}", field.auto_id) for field in form for text in field.errors]
    return {"errors": found}


@register.inclusion_tag("web/components/form_field.html")
def form_field(*, field: BoundField) -> dict[str, Any]:
    """A Django form field with label, hint, error and input, in that order."""
    widget = field.field.widget
    is_group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    is_check = isinstance(widget, forms.CheckboxInput)
    is_select = isinstance(widget, forms.Select) and not is_group
    described = [f"{field.auto_id}_helptext"] * bool(field.help_text) + [f"{field.auto_id}_error"] * bool(field.errors)
    css = "kern-form-check__checkbox" if is_check else "kern-form-input__select" if is_select else "kern-form-input__input"
    attributes: dict[str, str | bool] = {"class": f"{css} {widget.attrs.get('class', '')}".strip()}
    if field.errors:
        attributes["aria-invalid"] = "true"
    if described and not is_group:
        attributes["aria-describedby"] = " ".join(described)
    if is_group:
        many = isinstance(widget, forms.CheckboxSelectMultiple)  # which is a kind of RadioSelect to Django
        check = "kern-form-check__checkbox" if many else "kern-form-check__radio"
        widget.attrs["class"] = check
    return {
        "id": field.auto_id,
        "label": field.label,
        "hint": field.help_text,
        "errors": field.errors,
        "optional": not field.field.required and not is_check,
        "is_group": is_group,
        "is_check": is_check,
        "is_select": is_select,
        "options": field.subwidgets if is_group else [],
        "widget": "" if is_group else field.as_widget(attrs=attributes),
        "described_by": " ".join(described),
    }


@register.inclusion_tag("web/components/summary_list.html")
def summary_list(*, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Pairs of term and fact; a third part is shown behind the fact (a link made safe by the page)."""
    return {"rows": [(*row, "")[:3] for row in rows]}


@register.inclusion_tag("web/components/table.html")
def table(*, table: Table) -> dict[str, Any]:
    """A table; a list with labels on a phone; sorted by links."""
    return {"table": table}


@register.simple_tag
def table_rows(*, table: Table) -> SafeString:
    """The body of a table."""
    return markup.rows_markup(table.columns, table.rows)


@register.inclusion_tag("web/components/pages.html")
def paging(*, pages: Pages) -> dict[str, Any]:
    """Links to the neighbouring pages."""
    return {"pages": pages}


@register.inclusion_tag("web/components/thread.html")
def thread(*, messages: Sequence[ThreadMessage]) -> dict[str, Any]:
    """A conversation in the order of time."""
    return {"messages": messages}


@register.inclusion_tag("web/components/file_list.html")
def file_list(*, files: Sequence[ShownFile]) -> dict[str, Any]:
    """Files by name and size."""
    return {"files": files}


@register.inclusion_tag("web/components/steps.html")
def steps(*, current: int, total: int) -> dict[str, Any]:
    """How far one is in a sequence of pages."""
    return {"current": current, "total": total}


@register.inclusion_tag("web/components/confirmation.html")
def confirmation(*, title: str, text: str, level: int = 1) -> dict[str, Any]:
    """The head of a page that says it worked; carries the page's first heading, or one of another ``level``."""
    return {"title": title, "text": text, "level": level}


@register.inclusion_tag("web/components/empty_state.html")
def empty_state(*, title: str, text: str = "", action: str = "", url: str = "") -> dict[str, Any]:
    """What stands where nothing is yet, and what to do next."""
    return {"title": title, "text": text, "action": action, "url": url}


@register.simple_tag
def tag(*, kind: str, text: str) -> SafeString:
    """A small state with a word: ``neutral``, ``info``, ``success``, ``warning``, ``danger``."""
    return markup.tag_markup(kind, text)


@register.inclusion_tag("web/components/tabs.html")
def tabs(*, items: Sequence[Tab], label: str) -> dict[str, Any]:
    """Views of the same thing."""
    return {"items": items, "label": label}


@register.inclusion_tag("web/components/clock_panel.html")
def clock_panel(*, title: str, day: str, text: str, percent: int, state: str) -> dict[str, Any]:
    """A running clock: by which day, how much has passed (per cent), ``state`` good, soon, late or resting."""
    return {"title": title, "day": day, "text": text, "percent": percent, "state": state}


@register.filter
def day(value: date) -> str:
    """A day in words."""
    return dates.day_words(value)


@register.filter
def moment(value: datetime) -> str:
    """An instant in words, in Berlin's time."""
    return dates.moment_words(value)


@register.filter
def clock(value: datetime) -> str:
    """The time of an instant in words, in Berlin's time."""
    return dates.time_words(value)


@register.filter
def euro(amount: Decimal) -> str:
    """An amount of money: "30,70 €"; English: "€30.70"."""
    if (get_language() or "de").startswith("en"):
        return f"€{amount:,.2f}"
    return f"{amount:,.2f}".replace(",", "\u2009").replace(".", ",") + " €"


@register.filter
def cents(amount: int) -> str:
    """Whole cents as an amount of money: "30,70 €"; English: "€30.70"."""
    return cents_in_words(amount, get_language() or "de")


@register.filter
def gendered(word: str) -> str:
    """Write a plural such as "Bürger/innen" in the city's style: "Bürger*innen", "Bürger:innen" or both forms."""
    stem, _, ending = word.partition("/")
    style = city_settings.current().gender_style
    return f"{stem}{ending} und {stem}" if style == "pair" else f"{stem}{style}{ending}"


@register.inclusion_tag("web/components/local_text.html", takes_context=True)
def local(context: template.Context, text: dict[str, str]) -> dict[str, str]:
    """A text of the city in the reader's language; a fallback is marked with its own ``lang``."""
    wanted = str(context["text_language"])
    words, found = pick(text, wanted)
    return {"words": words, "lang": "" if found.partition("-")[0] == wanted.partition("-")[0] else found.partition("-")[0]}
