"""Recompute the journal in the database, or check a receipt with this city's own key."""

import argparse

from direktdraht.config.commands.verify import read_receipt, refuse, tell
from direktdraht.foundation import clock
from direktdraht.foundation.journal.checking import verify_all, verify_journal
from direktdraht.foundation.journal.keys import SigningKeyProblem
from direktdraht.foundation.journal.queries import public_keys_pem
from direktdraht.foundation.journal.receipts import verify_receipt
from direktdraht.foundation.journal.verification import UnreadableExport
from direktdraht.writtenform import root_stamps, trusting
from direktdraht.writtenform.signatures.trust import read_trust


def execute(options: argparse.Namespace) -> int:
    """Check and tell; exit status 0 only when everything holds."""
    try:
        if options.receipt is None:
            examine = root_stamps.examiner(lambda: read_trust(trusting.trust_files()), clock.now())
            return tell(verify_all(examine) if options.all else verify_journal(examine), as_json=options.json)
        return tell(verify_receipt(read_receipt(options.receipt), public_keys_pem()), as_json=options.json)
    except (OSError, UnreadableExport, SigningKeyProblem) as problem:
        return refuse(str(problem))
