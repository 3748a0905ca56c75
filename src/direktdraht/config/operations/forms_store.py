"""Read a form from a file and keep it as a working draft, with its rules in prose as proposals."""

import argparse
import sys

from direktdraht.config.commands.forms import incoming_form, report, sentence_of
from direktdraht.forms import actions
from direktdraht.forms.errors import FormsError
from direktdraht.forms.remarks import UnreadableFile


def execute(options: argparse.Namespace) -> int:
    """Keep the form under the key that it names; exit status 1 if it cannot be read or the key is taken."""
    try:
        incoming = incoming_form(options.file)
        actions.begin_form(incoming.definition, source=options.file.name, by=None, proposals=incoming.proposals)
    except (UnreadableFile, OSError) as problem:
        print(f"direktdraht: {sentence_of(problem)}", file=sys.stderr)
        return 1
    except FormsError as problem:
        print(f"direktdraht: {problem}", file=sys.stderr)
        return 1
    return report(incoming, options)
