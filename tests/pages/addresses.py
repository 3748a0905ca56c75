"""Every named view with a concrete address, drawn from the URL configuration."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import get_converters

from tests.pages.world import World

# Pages of a declaration that waits for its signature, and of a signature in its case.
SIGNING = (
    "freeze",
    "sign",
    "declaration_pdf",
    "sign_change",
    "sign_qes",
    "sign_demail",
    "declaration_text",
    "sign_paper",
    "sign_counter",
    "sign_back",
)
PROOFS = ("proof", "proof_pdf", "staff_proof", "staff_proof_pdf", "recheck_proof", "accept_match", "refuse_match")

# Pages of a registration before it is sent.
PARTY_ON_ITS_WAY = (
    *("contact", "persons", "new_person", "person", "remove_person", "wishes", "together", "add_wish", "remove_wish"),
    *("wish_up", "wish_down", "review", "status#draft"),
)

# What stands in an address: by view, then by parameter; ``{…}`` is a value of the world. ``name#word`` is a second address of a view.
PARAMETERS: dict[str, dict[str, str]] = {
    "account_confirm_email": {"key": "{confirmation}"},
    "account_reset_password_from_key": {"uidb36": "{reset_user}", "key": "{reset_key}"},
    **{f"appointments:{name}": {"token": "{held_token}"} for name in ("details", "let_go")},
    **{f"appointments:{name}": {"token": "{offer_token}"} for name in ("take", "decline", "appointment#offer")},
    **{f"appointments:{name}": {"token": "{wish_token}"} for name in ("wish", "withdraw")},
    **{f"appointments:{name}": {"pk": "{counter}"} for name in ("counter", "close_counter")},
    "hall:display": {"token": "{hall_display}"},
    **{f"hall:{name}": {"token": "{number_token}"} for name in ("ticket", "leave")},
    **{f"hall:{name}": {"key": "{called_number}"} for name in ("call_again", "arrived", "missed", "done")},
    **{f"hall:{name}": {"pk": "{site}"} for name in ("hall", "change_hall", "renew")},
    "appointments:staff_feed": {"token": "{site_feed}"},
    "appointments:occasion": {"pk": "{occasion}"},
    "appointments:end_hours": {"pk": "{hours}"},
    "appointments:take_back_exception": {"pk": "{exception}"},
    "appointments:phone_details": {"key": "{phone_hold}"},
    "documents:download": {"document_id": "{picture}"},
    "documents:download#letter": {"document_id": "{letter}"},
    "documents:download#draft": {"document_id": "{kept_picture}"},
    "documents:download#thread": {"document_id": "{thread_picture}"},
    "documents:preview": {"document_id": "{picture}"},
    "documents:preview#thread": {"document_id": "{thread_picture}"},
    "forms:act": {"action": "frage-hoch"},
    "forms:calculation": {"target": "sum"},
    "forms:condition_change": {"change": "weg"},
    "forms:upload": {"draft_id": "{draft}", "page_key": "items"},
    "forms:page#items": {"draft_id": "{draft}", "page_key": "items"},
    "forms:page#contact": {"draft_id": "{draft}", "page_key": "contact"},
    "forms:review#sent": {"draft_id": "{sent}"},
    "journal:stamp": {"number": "1"},
    "payments:notified": {"way": "online"},
    "payments:order#payee": {"reference": "{own_order}"},
    "payments:payee": {"reference": "{own_order}", "pk": "{own_refund}"},
    "payments:order#paid": {"reference": "{paid_order}"},
    "portal:job_again": {"job_id": "{job}"},
    "portal:mail_again": {"mail_id": "{mail}"},
    "portal:service": {"key": "{service}"},
    "writtenform:withdraw": {"pk": "{own_rule}"},
    "services:edit": {"key": "{service}"},
    **{f"registrations:{name}": {"registration_id": "{party_draft}"} for name in PARTY_ON_ITS_WAY},
    **{f"registrations:{name}": {"key": "{drawn_series}"} for name in ("draw", "run_draw", "publish_draw", "file", "series#drawn")},
    "registrations:wish_questions": {"registration_id": "{party_draft}", "offer_id": "{asking_offer}"},
    "registrations:cancel": {"booking_id": "{kept_place}"},
    **{
        f"registrations:{name}": {"registration_id": "{cancelled_party}", "booking_id": "{cancelled_place}"}
        for name in ("restore", "wait_again", "status#cancelled")
    },
    "registrations:staff_restore": {"number": "1", "booking_id": "{cancelled_place}"},
    "registrations:move": {"number": "1", "booking_id": "{waiting_place}"},
    "registrations:participants#line": {"number": "1"},
    "registrations:certificate": {"booking_id": "{certified}"},
    "registrations:certificate_of_place": {"number": "3", "booking_id": "{certified}"},
    "registrations:certificates": {"number": "3"},
    **{f"finance:{name}": {"key": "nord"} for name in ("drawer_setup", "retire_drawer", "bring_back_drawer")},
    **{f"finance:{name}": {"key": "unclear"} for name in ("account", "remove_account")},
    **{f"finance:{name}": {"pk": "{profile}"} for name in ("profile", "make_usual", "remove_profile")},
    "finance:entry#done": {"pk": "{done_entry}"},
    "finance:entry#debit": {"pk": "{debit_entry}"},
    "finance:entry#held": {"pk": "{held_entry}"},
    "finance:undo_match": {"pk": "{done_entry}"},
    "finance:file": {"pk": "{bank_file}"},
    "finance:file#refused": {"pk": "{refused_file}"},
    **{f"finance:{name}": {"pk": "{refund}"} for name in ("refund", "release", "mark_sent", "payee", "withdraw")},
    "finance:refund#released": {"pk": "{released_refund}"},
    "submissions:pay_first_withdraw": {"pk": "{pay_first_rule}"},
    "submissions:fee_withdraw": {"pk": "{fee_rule}"},
    "submissions:ordering_withdraw": {"pk": "{ordering_rule}"},
    "finance:retention_withdraw": {"pk": "{retention_rule}"},
    "submissions:check": {"number": "{number}"},
    **{f"submissions:{name}": {"draft_id": "{frozen}"} for name in SIGNING},
    **{f"submissions:{name}": {"code": "{code}"} for name in ("inbound", "inbound_letter", "inbound_counter")},
    "submissions:sign_remote": {"draft_id": "{frozen}", "way": "eid"},
    "submissions:sign#sent": {"draft_id": "{sent}"},
    **{f"cases:{name}": {"number": "{signed_number}"} for name in PROOFS},
    "cases:case#signed": {"number": "{signed_number}"},
    "cases:staff_case#signed": {"number": "{signed_number}"},
    "documents:download#declaration": {"document_id": "{declaration}"},
    "documents:download#evidence": {"document_id": "{evidence}"},
    "cases:case#closed": {"number": "{closed_number}"},
    "cases:decision#opened": {"number": "{closed_number}"},
    "cases:object#closed": {"number": "{closed_number}"},
    "cases:staff_case#closed": {"number": "{closed_number}"},
    "cases:staff_decision#closed": {"number": "{closed_number}"},
    "documents:download#opened": {"document_id": "{opened_letter}"},
    "cases:case#open": {"number": "{open_number}"},
    "cases:staff_case#open": {"number": "{open_number}"},
    "cases:staff_decision#draft": {"number": "{open_number}"},
}
# What a parameter means in a whole room, where the table above does not say otherwise.
ROOMS: dict[str, dict[str, str]] = {
    "appointments": {"token": "{visit_token}", "pk": "{site}", "key": "{visit}"},
    "hall": {"token": "{hall_kiosk}", "pk": "{counter}", "site": "{site}", "key": "{hall_number}", "number": "{number_token}"},
    "cases": {"number": "{number}", "version": "1"},
    "finance": {"reference": "{desk_order}", "pk": "{bank_entry}"},
    "forms": {
        **{"key": "{form}", "draft_id": "{draft}", "page_key": "place", "element_key": "{question}", "target": "{question}"},
        **{"number": "1", "pk": "{proposal}", "upload_id": "{draft}"},
    },
    "people": {"key": "abfall", "pk": "{membership}", "request_id": "{draft}", "secret": "geheim", "mark": "geheim"},
    "payments": {"reference": "{order}", "pk": "{drawer}"},
    "portal": {"draft_id": "{draft}"},
    "registrations": {
        **{"registration_id": "{party}", "token": "geheim", "position": "1", "offer_id": "{wished}", "booking_id": "{offered}"},
        **{"key": "{series}", "number": "2", "name": "wuensche", "session_id": "{course_date}"},
    },
    "submissions": {"draft_id": "{draft}", "submission_id": "{sent}", "mail_id": "{demail}"},
}
QUERIES = {
    "registrations:offers#found": {"suche": "Klettern", "alter": "8"},
    "registrations:participants#line": {"stand": "waiting", "sortierung": "-born"},
    "appointments:day_csv": {"standort": "{site}"},
    "appointments:day_list#search": {"standort": "{site}", "suche": "weber"},
    "appointments:search#found": {"anlass": "{occasion}"},
    "appointments:make_wish": {"anlass": "{occasion}"},
    "appointments:phone#found": {"anlass": "{occasion}"},
    "finance:overview#search": {"suche": "weber"},
    "finance:ledger#days": {"von": "2026-01-01", "bis": ""},
    "portal:search": {"q": "sperrmüll"},
    "cases:desk#unit": {"liste": "abfall"},
    "cases:desk#search": {"suche": "weber"},
}


@dataclass(frozen=True)
class View:
    """A named view and the converters of its parameters."""

    name: str
    parameters: dict[str, str]


def views() -> list[View]:
    """Every named view of the URL configuration, by name."""
    return sorted(walk(get_resolver().url_patterns, "", {}), key=lambda view: view.name)


def walk(patterns: list[URLPattern | URLResolver], space: str, outer: dict[str, str]) -> Iterator[View]:
    """Yield the views below some patterns. An address without a name is a mistake, except plain redirects (name "")."""
    words = {type(converter): word for word, converter in get_converters().items()}
    for entry in patterns:
        found = {**outer, **{name: words.get(type(one), "re") for name, one in entry.pattern.converters.items()}}
        found.update({name: "re" for name in getattr(getattr(entry.pattern, "regex", None), "groupindex", {}) if name not in found})
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space, found)
        else:
            yield View(f"{space}{entry.name}" if entry.name else f"{space}?{entry.pattern}", found)


def values(name: str, view: View, world: World) -> dict[str, str] | None:
    """The parameters of one address, or nothing if the tables above do not know one."""
    room = view.name.partition(":")[0]
    known = {**ROOMS.get(room, {}), **PARAMETERS.get(view.name, {}), **PARAMETERS.get(name, {})}
    if not view.parameters.keys() <= known.keys():
        return None
    return {key: known[key].format(**asdict(world)) for key in view.parameters}


def names() -> list[tuple[str, View]]:
    """Every address by name, second addresses (``name#word``) after the first."""
    more = [name for name in {**PARAMETERS, **QUERIES} if "#" in name]
    listed = [(view.name, view) for view in views() if "?" not in view.name]
    listed += [(name, view) for name in more for view in views() if view.name == name.partition("#")[0]]
    return sorted(listed, key=lambda entry: entry[0])


def addresses(world: World) -> dict[str, str]:
    """Every address that can be built, by name."""
    found = {}
    for name, view in names():
        parameters = values(name, view, world)
        if parameters is not None:
            query = {key: value.format(**asdict(world)) for key, value in QUERIES.get(name, {}).items()}
            found[name] = reverse(view.name, kwargs=parameters, query=query)
    return found
