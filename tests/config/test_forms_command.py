"""``direktdraht forms``: files in, one JSON document out, without a database; refusals are one sentence."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.forms.xdatenfelder.documents import code_list, field, part, rule, schema
from tests.questions.forms import element, form, gallery

from direktdraht.config import cli
from direktdraht.forms.models import Form, FormVersion, WorkingDraft
from direktdraht.forms.xdatenfelder import import_schema
from direktdraht.questions.definition import digest

REFERENCE = (
    "<x:codelisteReferenz><x:canonicalIdentification>urn:de:rasse</x:canonicalIdentification><x:version>1</x:version></x:codelisteReferenz>"
)


def write(path: Path, content: Any) -> str:
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:
    assert cli.main(["forms", *words, "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_a_schema_is_imported_with_the_lists_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "schema.xml", schema(part(field(art="select", more=REFERENCE)), more=rule()))
    write(tmp_path / "rassen.xml", code_list())
    write(tmp_path / "other.xml", b"<html/>")

    result = answer(capsys, "import", file)

    assert list(result) == ["format", "definition", "report", "warnings"]
    assert result["format"] == "xdf3"
    assert [(row["id"], row["became"]) for row in result["report"]] == [
        ("S1", "page"),
        ("R1", "proposal"),
        ("F1", "element"),
        ("urn:de:rasse", "codelist"),
    ]
    assert {row_key for row in result["report"] for row_key in row} == {"id", "name", "became", "why"}
    assert result["report"][1]["why"] == "Regel in Worten, zu prüfen: Wenn ja, dann nein."


def test_the_own_format_is_imported_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = gallery("hundesteuer_anmeldung")

    result = answer(capsys, "import", write(tmp_path / "form.json", data))

    assert (result["format"], result["definition"]) == ("direktdraht-form/1", data)
    assert {row["became"] for row in result["report"]} >= {"page", "group", "element"}


def test_without_json_people_read_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "import", write(tmp_path / "schema.xml", schema(part(field())))]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "element   F1  Rufname: Text."
    assert lines[-1].startswith("! FIM nennt Leistung")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b"<html/>", "Zeile 1: Das ist kein XDatenfelder"),
        (b"<!DOCTYPE x><x/>", "DOCTYPE"),
        (b'{"format":\n', "Zeile 2: Das ist kein gültiges JSON"),
        (b"{}", "Hier fehlt eine Angabe. (format)"),
        (b'{"a": "\xff"}', "Das ist kein gültiges JSON"),
        (b"[" * 100_000, "Das ist kein gültiges JSON"),
    ],
)
def test_a_bad_file_is_one_sentence_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    assert cli.main(["forms", "import", write(tmp_path / "bad", content), "--json"]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert sentence in printed.err
    assert len(printed.err.splitlines()) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "lint", str(tmp_path / "nothing.json")]) == 1
    assert "nothing.json" in capsys.readouterr().err


def test_lint_lists_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = answer(capsys, "lint", write(tmp_path / "sound.json", gallery("meldung")))
    warned = answer(capsys, "lint", write(tmp_path / "warned.json", form(element("text"))))
    broken = answer(capsys, "lint", write(tmp_path / "broken.json", form(element("choice", options=[]))), status=1)
    imported = answer(capsys, "lint", write(tmp_path / "schema.xml", schema(part(field()))), status=1)

    assert sound == []
    assert {finding["level"] for finding in warned} == {"warning"}
    assert broken == [
        {"level": "error", "path": "pages.0.elements.0.options", "code": "list_too_short", "sentence": "Hier fehlen Einträge."}
    ]
    assert [finding["code"] for finding in imported][:3] == ["service_not_decided", "unit_not_decided", "retention_not_decided"]


def test_evaluate_tells_what_becomes_of_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = gallery("hundesteuer_anmeldung")
    file = write(tmp_path / "form.json", data)
    given = write(tmp_path / "answers.json", data["tests"][0]["answers"])
    none = write(tmp_path / "none.json", {})

    valid = answer(capsys, "evaluate", file, "--answers", given, "--today", "2026-06-15")
    empty = answer(capsys, "evaluate", file, "--answers", none)

    assert (valid["valid"], valid["fee"]) == (True, data["tests"][0]["expect"]["fee"])
    assert list(valid) == ["valid", "errors", "shown", "fee", "answers"]
    assert empty["valid"] is False
    assert empty["errors"]["last_name"] == ["Bitte füllen Sie dieses Feld aus."]


def test_evaluate_refuses_a_day_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "form.json", form(element("text")))

    assert cli.main(["forms", "evaluate", file, "--answers", file, "--today", "morgen"]) == 1
    assert "„morgen“ ist kein Tag" in capsys.readouterr().err


def test_no_environment_and_no_database_are_needed(tmp_path: Path) -> None:
    file = write(tmp_path / "schema.xml", schema(part(field())))
    program = "import sys; from direktdraht.config.cli import main; sys.exit(main(sys.argv[1:]))"
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", program, "forms", "lint", file, "--json"],
        env=bare,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert json.loads(done.stdout)[0]["sentence"].startswith("Die Leistung ist noch offen.")
    assert list(tmp_path.iterdir()) == [Path(file)]


@contextmanager
def already_there(environment: object) -> Iterator[None]:
    """The tests' database is reachable already."""
    yield


@pytest.mark.django_db
def test_a_published_form_goes_out_and_comes_back(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli, "reachable_database", already_there)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.harness.settings")
    data = gallery("hundesteuer_anmeldung")
    kept = Form.objects.create(key="probe_export")
    FormVersion.objects.create(form=kept, number=1, definition=data, digest=digest(data))

    assert cli.main(["forms", "export", "probe_export"]) == 0
    assert import_schema(capsys.readouterr().out.encode(), beside={}).definition == data
    assert cli.main(["forms", "export", "probe_export", "--format", "direktdraht-form/1"]) == 0
    assert json.loads(capsys.readouterr().out) == data
    assert cli.main(["forms", "export", "nothing"]) == 1
    assert "„nothing“ gibt es nicht" in capsys.readouterr().err


@pytest.mark.django_db
def test_with_store_a_schema_becomes_a_working_draft_with_its_proposals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "reachable_database", already_there)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.harness.settings")
    file = write(tmp_path / "schema.xml", schema(part(field()), more=rule()))

    result = answer(capsys, "import", file, "--store")

    draft = WorkingDraft.objects.get()
    assert draft.definition == result["definition"]
    assert [(one.source_id, one.state) for one in draft.proposals.all()] == [("R1", "open")]

    assert cli.main(["forms", "import", file, "--store"]) == 1
    assert "gibt es schon" in capsys.readouterr().err
