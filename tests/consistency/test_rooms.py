"""Every room has the same doors."""

import ast

import pytest

from tests.consistency.tree import ROOMS, SOURCE, apps, name_of, product_files, syntax, tracked

FOLDERS = {"templates", "migrations", "locale", "static", "templatetags", "actions", "models"}
# Folders of a room's own subject; a foreign protocol is named after itself.
OWN_FOLDERS = {
    "questions": {"definition", "elements"},
    "forms": {"gallery", "editing", "xdatenfelder", "genericode"},
    "bookings": {"appointments", "hall", "registrations"},
    "cases": {"typst"},
    "payments": {"camt", "giro", "typst", "xbezahldienste"},
    "people": {"bundid", "eid"},
    "submissions": {"demail", "typst"},
    "writtenform": {"demail", "signatures", "trustlists", "typst"},
    "foundation/web": {"styles"},
    "foundation/journal": set[str](),
}
FORBIDDEN_NAMES = {"utils", "helpers", "misc", "common", "manager", "managers", "handler", "handlers", "signals", "tests"}
MOST_DOCSTRING_LINES = 5
NOT_APPS = {"config"}


def inner_names() -> list[tuple[str, str]]:
    """Room and folder of every folder inside an app."""
    found = {
        (app.relative_to(SOURCE).as_posix(), path.relative_to(app).parts[0])
        for app in apps()
        for path in tracked()
        if app in path.parents and len(path.relative_to(app).parts) > 1
    }
    return sorted(found)


def test_every_room_is_an_app_with_a_short_word_about_itself() -> None:
    folders = {path.relative_to(SOURCE).parts[0] for path in product_files() if len(path.relative_to(SOURCE).parts) > 1}

    assert folders - NOT_APPS == {*ROOMS, "foundation"}
    assert {room for room in ROOMS if not (SOURCE / room / "apps.py").exists()} == set()


@pytest.mark.parametrize("app", apps(), ids=name_of)
def test_the_docstring_of_a_room_has_at_most_five_lines(app: object) -> None:
    docstring = ast.get_docstring(syntax(SOURCE / str(app) / "__init__.py")) or ""

    assert 1 <= len(docstring.splitlines()) <= MOST_DOCSTRING_LINES


def test_a_room_holds_only_doors_and_folders_named_after_a_subject() -> None:
    strange = [f"{room}/{folder}" for room, folder in inner_names() if folder not in FOLDERS | OWN_FOLDERS.get(room, set())]

    assert strange == []


def test_every_folder_that_is_allowed_to_a_room_exists() -> None:
    missing = [f"{room}/{folder}" for room, folders in OWN_FOLDERS.items() for folder in folders if not (SOURCE / room / folder).is_dir()]

    assert missing == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [name_of(path) for path in product_files() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES]

    assert found == []


def test_templates_lie_in_a_folder_named_after_their_room() -> None:
    theirs = {"account", "mfa", "usersessions"}  # templates of allauth that people replaces
    strange = [
        f"{app.name}: {folder.name}"
        for app in apps()
        if (app / "templates").is_dir()
        for folder in (app / "templates").iterdir()
        if folder.is_dir() and folder.name != app.name and not (app.name == "people" and folder.name in theirs)
    ]

    assert strange == []
