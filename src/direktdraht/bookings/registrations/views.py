"""Pages of a party on its way: contact, persons, wishes, review."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.bookings.registrations import access, actions, asking, frozen, queries, sealing
from direktdraht.bookings.registrations.actions.registering import may_change
from direktdraht.bookings.registrations.errors import NotOpen, RegisteredAlready
from direktdraht.bookings.registrations.inputs import AddWishForm, ContactForm, PersonForm
from direktdraht.bookings.registrations.kind import ALREADY
from direktdraht.bookings.registrations.models import Offer, Participant, Registration
from direktdraht.bookings.registrations.pages import private, told, tried
from direktdraht.bookings.registrations.party import party_of, problems_of, values_of, years_on
from direktdraht.foundation import clock
from direktdraht.foundation.limits import counting as limits
from direktdraht.foundation.web.tables import PageProblem
from direktdraht.people.models import Account
from direktdraht.questions.faces import Errors, target
from direktdraht.submissions import access as draft_access
from direktdraht.submissions import actions as drafts
from direktdraht.submissions import kinds

BEGUN_PER_HOUR = 200  # a school or library registers many from one address


def language_now() -> str:
    """The reader's language."""
    return get_language() or "de"


@private
@require_http_methods(["GET", "POST"])
@told
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a registration; a signed-in person begins it for their account. A wished offer is kept for the first person."""
    series = access.get_public_series(key)
    if not series.takes_registrations:
        raise NotOpen
    if request.method == "GET":
        return render(request, "bookings/registrations/begin.html", {"series": series})
    if not limits.hit("bookings.begin", request.META.get("REMOTE_ADDR", ""), limit=BEGUN_PER_HOUR, seconds=3600):
        raise NotOpen
    account = request.user if isinstance(request.user, Account) else None
    registration = actions.begin(series=series, account=account, language=language_now())
    draft_access.let_open(request, registration.pk)
    return redirect("registrations:contact", registration.pk)


def to_change(request: HttpRequest, registration_id: UUID) -> Registration:
    """The registration if it may be changed now. Raises Http404, NotOpen."""
    registration = access.get_registration(request, registration_id)
    if not may_change(registration):
        raise NotOpen
    return registration


@private
@require_http_methods(["GET", "POST"])
@told
def contact(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Who speaks for the party, and what minors need."""
    one = to_change(request, registration_id)
    first = {"name": one.contact_name, "email": one.contact_email, "phone": one.contact_phone, "consents": one.consent_at is not None}
    first |= {name: getattr(one, name) for name in ("emergency_name", "emergency_phone", "pickup")}
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm(initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        contact = actions.Contact(given["name"], given["email"], given["phone"])
        guarding = actions.Guarding(given["consents"], given["emergency_name"], given["emergency_phone"], given["pickup"])
        if tried(form, lambda: actions.save_contact(registration=one, contact=contact, guarding=guarding)):
            return redirect("registrations:persons", one.pk)
    return render(request, "bookings/registrations/contact.html", {"registration": one, "form": form}, status=422 if form.errors else 200)


@private
@require_GET
@told
def persons(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Who takes part."""
    one = to_change(request, registration_id)
    people = queries.party(one)
    if not people:
        return redirect("registrations:new_person", one.pk)
    return render(request, "bookings/registrations/persons.html", {"registration": one, "people": people})


@private
@require_http_methods(["GET", "POST"])
@told
def person(request: HttpRequest, registration_id: UUID, position: int | None = None) -> HttpResponse:
    """One participant: name, birthday, group, questions of the series, health notes."""
    one = to_change(request, registration_id)
    found = None if position is None else one.participants.filter(position=position).first()
    if position is not None and found is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    asked = asking.asked(one.series, posted, found.answers if found else {})
    form = PersonForm(posted, series=one.series, initial=first_values(found))
    errors = asked.errors if posted is not None else {}
    if posted is not None and form.is_valid() and not errors:
        given = form.cleaned_data
        typed = actions.Person(given["name"], given["born_on"], given.get("entitlement"), given["health"], asked.answers)
        if tried(form, lambda: actions.save_participant(registration=one, person=typed, position=position)):
            return redirect("registrations:persons", one.pk)
    context = {"registration": one, "form": form, "position": position, **questions_shown(asked, errors)}
    return render(request, "bookings/registrations/person.html", context, status=422 if form.errors or errors else 200)


def questions_shown(asked: asking.Asked, errors: Errors) -> dict[str, Any]:
    """What a template needs to show questions with their answers and with what is wrong."""
    problems = [PageProblem(message.text(language_now()), target(path)) for path, found in errors.items() for message in found]
    return {
        "elements": asked.elements,
        "raw": asked.raw,
        "question_errors": errors,
        "evaluation": asked.evaluation,
        "problems": problems,
    }


def first_values(found: Participant | None) -> dict[str, Any]:
    """What the form of a known participant shows first."""
    if found is None:
        return {}
    health = sealing.unseal(found.health)
    return {"name": found.name, "born_on": found.born_on, "entitlement": found.entitlement_id, "health": health}


@private
@require_POST
@told
def remove_person(request: HttpRequest, registration_id: UUID, position: int) -> HttpResponse:
    """Take a participant out."""
    one = to_change(request, registration_id)
    actions.remove_participant(registration=one, position=position)
    return redirect("registrations:persons", one.pk)


@private
@require_GET
@told
def wishes(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """The wishes of each participant in order."""
    return wishes_page(request, to_change(request, registration_id))


def wishes_page(request: HttpRequest, one: Registration, sentence: str = "") -> HttpResponse:
    """The page of wishes, with a sentence that says what went wrong."""
    offers = queries.offers_of(one.series)
    people = [(participant, add_form(participant, offers)) for participant in queries.party(one)]
    context = {"registration": one, "people": people, "problems": [PageProblem(sentence)] if sentence else []}
    return render(request, "bookings/registrations/wishes.html", context, status=409 if sentence else 200)


def add_form(participant: Participant, offers: list[Offer]) -> list[tuple[int, str]]:
    """The offers that a participant may still wish for: of the right age, not wished for yet."""
    known = {wish.offer_id for wish in participant.wishes.all()}
    age = years_on(participant.born_on, clock.today())
    fitting = [
        one
        for one in offers
        if one.cancelled_at is None
        and one.pk not in known
        and (one.age_from is None or one.age_from <= age + 1)
        and (one.age_to is None or age <= one.age_to)
    ]
    return [(one.pk, one.title) for one in fitting]


def change_wish(request: HttpRequest, registration_id: UUID, action: Callable[[Registration], object]) -> HttpResponse:
    """Do something with a wish and show the page again."""
    one = to_change(request, registration_id)
    action(one)
    return redirect("registrations:wishes", one.pk)


def offer_in(registration: Registration, offer_id: object) -> Offer:
    """An offer of the registration's series. Raises Http404."""
    form = AddWishForm({"offer": offer_id})
    form.fields["offer"].queryset = registration.series.offers.all()  # type: ignore[attr-defined]  # a ModelChoiceField
    if not form.is_valid():
        raise Http404
    offer: Offer = form.cleaned_data["offer"]
    return offer


@private
@require_POST
@told
def add_wish(request: HttpRequest, registration_id: UUID, position: int) -> HttpResponse:
    """Put an offer at the end of the wishes; one with questions of its own asks them first."""
    one = to_change(request, registration_id)
    offer = offer_in(one, request.POST.get("offer", ""))
    if offer.questions:
        return redirect("registrations:wish_questions", one.pk, position, offer.pk)
    actions.add_wish(registration=one, position=position, offer=offer)
    return redirect("registrations:wishes", one.pk)


@private
@require_http_methods(["GET", "POST"])
@told
def wish_questions(request: HttpRequest, registration_id: UUID, position: int, offer_id: int) -> HttpResponse:
    """The questions of an offer: their answers make the wish, or change those of a wish that is there."""
    one = to_change(request, registration_id)
    offer = offer_in(one, offer_id)
    found = one.participants.filter(position=position).first()
    if found is None or not offer.questions:
        raise Http404
    wish = found.wishes.filter(offer=offer).first()
    posted = request.POST if request.method == "POST" else None
    asked = asking.asked(offer, posted, wish.answers if wish else {})
    errors = asked.errors if posted is not None else {}
    if posted is not None and not errors:
        actions.add_wish(registration=one, position=position, offer=offer, answers=asked.answers)
        return redirect("registrations:wishes", one.pk)
    context = {"registration": one, "person": found, "offer": offer, "wish": wish, **questions_shown(asked, errors)}
    return render(request, "bookings/registrations/wish_questions.html", context, status=422 if errors else 200)


@private
@require_POST
@told
def remove_wish(request: HttpRequest, registration_id: UUID, position: int, offer_id: int) -> HttpResponse:
    """Take a wish out."""
    return change_wish(
        request, registration_id, lambda one: actions.remove_wish(registration=one, position=position, offer=offer_in(one, offer_id))
    )


@private
@require_POST
@told
def wish_up(request: HttpRequest, registration_id: UUID, position: int, offer_id: int) -> HttpResponse:
    """Move a wish up."""
    return move_wish(request, registration_id, position, offer_id, up=True)


@private
@require_POST
@told
def wish_down(request: HttpRequest, registration_id: UUID, position: int, offer_id: int) -> HttpResponse:
    """Move a wish down."""
    return move_wish(request, registration_id, position, offer_id, up=False)


def move_wish(request: HttpRequest, registration_id: UUID, position: int, offer_id: int, *, up: bool) -> HttpResponse:
    """Let a wish change places with its neighbour."""
    return change_wish(
        request,
        registration_id,
        lambda one: actions.move_wish(registration=one, position=position, offer=offer_in(one, offer_id), up=up),
    )


@private
@require_POST
@told
def together(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Keep the party together, or not."""
    one = to_change(request, registration_id)
    actions.set_all_or_none(registration=one, together=request.POST.get("together") == "1")
    return redirect("registrations:wishes", one.pk)


@private
@require_GET
@told
def review(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Everything once more, each part with a way to change it (§ 9a (2) OZG), and the warning (§ 9a (3) OZG)."""
    one = access.get_registration(request, registration_id)
    if one.draft is None:
        return redirect("registrations:status", one.pk)
    if not may_change(one):
        raise NotOpen
    draft = drafts.set_language(one.draft, language_now())
    party = party_of(one)
    problems = problems_of(one, party)
    if ALREADY in request.GET:
        problems += [RegisteredAlready.words_for(name) for name in queries.registered_elsewhere(one, party)]
    seen = "" if problems else drafts.frozen_digest(draft, kinds.registry.get(draft.kind).ready(draft))
    context = {
        "registration": one,
        "sections": [(part, change_url(one, part)) for part in frozen.parts(values_of(one, party, draft.language), draft.language)],
        "problems": [PageProblem(text) for text in problems],
        "prices": any(wish.offer.price_cents for person in party for wish in person.wishes.all()),
        "changed": "geaendert" in request.GET,
        "pass": draft_access.pass_for(draft),
        "seen": seen,
    }
    return render(request, "bookings/registrations/review.html", context)


def change_url(registration: Registration, part: frozen.Part) -> str:
    """Where a part of the review is changed."""
    if part.about == "contact":
        return reverse("registrations:contact", args=[registration.pk])
    if part.about == "party":
        return reverse("registrations:wishes", args=[registration.pk]) + "#zusammen"
    return reverse("registrations:person", args=[registration.pk, int(part.about)])
