"""How the content behind a proof's digest in the journal is read again."""

from uuid import UUID

from direktdraht.foundation.journal.contents import Content
from direktdraht.foundation.journal.models import Entry
from direktdraht.writtenform import queries
from direktdraht.writtenform.content import proof_content
from direktdraht.writtenform.models import Proof


class ProofContents:
    """Reads what the entry ``proof.kept`` digests."""

    def read(self, entry: Entry) -> Content | None:
        """The content and salt, or ``None`` when it was erased or the entry digests nothing."""
        proof = Proof.objects.filter(pk=UUID(entry.subject.partition(":")[2])).first()
        if proof is None or entry.kind != "proof.kept":
            return None
        return Content(proof_content(queries.stated(proof)), bytes(proof.salt))
