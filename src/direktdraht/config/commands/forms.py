"""``direktdraht forms``: forms as files. Only ``export`` and ``import --store`` need the database."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from direktdraht.forms.incoming import MOST_BYTES, Incoming, read_definition, read_form, read_json
from direktdraht.forms.remarks import UnreadableFile
from direktdraht.foundation import clock
from direktdraht.questions.definition import DefinitionError, parse
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.proof import prove

MOST_BESIDE = 200


def add(subparsers: Any) -> None:
    """Register the subcommands."""
    parser = subparsers.add_parser("forms", help="forms as files: FIM and direktdraht-form/1")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    taken = _with_file(
        actions.add_parser("import", help="read XDatenfelder 2.0, 3.0.0 or direktdraht-form/1; code lists lie beside the file")
    )
    store = "direktdraht.config.operations.forms_store"
    taken.add_argument(
        "--store", dest="operation", action="store_const", const=store, default=argparse.SUPPRESS, help="also keep it as a working draft"
    )
    taken.set_defaults(run=lambda options: _answered(lambda: _import(options)))

    given = actions.add_parser("export", help="write a published form to standard output")
    given.add_argument("key", metavar="KEY", help="key of the form")
    given.add_argument("--format", choices=["xdf3", "direktdraht-form/1"], default="xdf3", help="XDatenfelder 3.0.0 (default) or JSON")
    given.set_defaults(operation="direktdraht.config.operations.forms_export")

    proved = _with_file(actions.add_parser("lint", help="what is wrong with a form; exit status 1 if it may not be published"))
    proved.set_defaults(run=lambda options: _answered(lambda: _lint(options)))

    worked = _with_file(actions.add_parser("evaluate", help="what becomes of answers"))
    worked.add_argument("--answers", type=Path, required=True, metavar="FILE", help="the answers as a JSON object")
    worked.add_argument("--today", metavar="DATE", help="the day on which the answers are given, as 2026-12-31; default today")
    worked.add_argument("--state", default="NI", help="federal state whose holidays count, default NI")
    worked.set_defaults(run=lambda options: _answered(lambda: _evaluate(options)))


def _with_file(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("file", type=Path, metavar="FILE", help="the form")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _answered(work: Callable[[], int]) -> int:
    """Run without the service's settings; what cannot be read is one sentence on standard error."""
    if not settings.configured:
        # German is the language of the source texts: no catalogue, no environment and no database are needed.
        settings.configure(USE_I18N=False)
    try:
        return work()
    except (UnreadableFile, DefinitionError, OSError) as problem:
        print(f"direktdraht: {sentence_of(problem)}", file=sys.stderr)
        return 1


def sentence_of(problem: Exception) -> str:
    """Why a file cannot be read, in one German sentence."""
    if isinstance(problem, DefinitionError):
        return f"{problem.sentence} ({problem.path or '–'})"
    if isinstance(problem, OSError):
        return f"Die Datei {problem.filename} lässt sich nicht lesen: {problem.strerror}."
    return " ".join(str(problem).split())


def incoming_form(path: Path) -> Incoming:
    """The form in a file, with the code lists that lie beside it. Raises UnreadableFile, OSError."""
    return read_form(_bytes(path), beside=_beside(path))


def _import(options: argparse.Namespace) -> int:
    return report(incoming_form(options.file), options)


def report(incoming: Incoming, options: argparse.Namespace) -> int:
    """Print what became of each part; exit status 0."""
    if options.json:
        _print_json(incoming.as_json())
        return 0
    for row in incoming.report:
        print(f"{row.became:9} {row.id}  {row.name}: {row.as_json()['why']}")
    print(*(f"! {warning}" for warning in incoming.warnings), sep="\n")
    return 0


def _lint(options: argparse.Namespace) -> int:
    document = read_definition(_bytes(options.file), beside=_beside(options.file))
    findings = _findings(document)
    if options.json:
        _print_json(findings)
    else:
        print(*(f"{one['level']:8} {one['path'] or '–'}: {one['sentence']}" for one in findings), sep="\n")
    return 1 if any(one["level"] == "error" for one in findings) else 0


def _findings(document: Any) -> list[dict[str, str]]:
    try:
        proved = prove(parse(document))
    except DefinitionError as error:
        return [{"level": "error", "path": one.path, "code": one.code, "sentence": one.sentence()} for one in error.findings]
    return [
        {"level": one.severity, "path": one.path, "code": one.code, "sentence": f"{one.sentence()} {one.mend()}".strip()} for one in proved
    ]


def _evaluate(options: argparse.Namespace) -> int:
    definition = parse(read_definition(_bytes(options.file), beside=_beside(options.file)))
    answers = read_json(_bytes(options.answers))
    result = evaluate(definition, answers, today=_day(options.today), state=options.state)
    document = {
        "valid": result.valid,
        "errors": {path: [message.text("de") for message in messages] for path, messages in result.errors.items()},
        "shown": result.shown,
        "fee": None if result.fee is None else str(result.fee),
        "answers": result.answers,
    }
    if options.json:
        _print_json(document)
        return 0
    print("gültig" if result.valid else "nicht gültig")
    print(*(f"{path}: {sentence}" for path, sentences in result.errors.items() for sentence in sentences), sep="\n")
    return 0


def _day(text: str | None) -> date:
    if text is None:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableFile("„%(text)s“ ist kein Tag in der Form 2026-12-31.", text=text) from error


def _bytes(path: Path) -> bytes:
    """The content of a file, one byte more than is allowed at most."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _beside(path: Path) -> dict[str, bytes]:
    """Genericode files in the same folder: those named so, and any other XML that begins as a code list."""
    found: dict[str, bytes] = {}
    for other in sorted(path.resolve().parent.glob("*.xml"))[:MOST_BESIDE]:
        if other.name == path.name or not other.is_file():
            continue
        with other.open("rb") as file:
            head = file.read(2000)
            if other.name.endswith("_genericode.xml") or b"ns/genericode/1.0/" in head:
                found[other.name] = head + file.read(MOST_BYTES)
    return found


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False))
