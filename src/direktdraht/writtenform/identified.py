"""Ways that replace a signature by telling for sure who speaks: online ID card (eID), user account of a country (BundID)."""

import base64
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_noop as N_

from direktdraht.foundation.verdicts import Check
from direktdraht.people import methods
from direktdraht.people.models import Identification
from direktdraht.writtenform.actions import Evidence, Outcome
from direktdraht.writtenform.models import Proof

PERSON = ("given_name", "family_name", "birth_date")


class Identified:
    """A way through one of ``people.methods.REMOTE``; ``method`` is its key there and the way's key here."""

    def __init__(self, method: str, *, label: Any, hint: Any, fact: Any) -> None:
        self.method, self.label, self.hint, self.fact = method, label, hint, fact

    def problems(self) -> Sequence[str]:
        """Why the method does not work at present."""
        return methods.REMOTE.get(self.method).problems()

    def recheck(self, proof: Proof) -> Sequence[Check]:
        """The method's own checks on what it kept, and that it was this declaration."""
        if proof.identification is None:
            return [Check("identification", False, N_("Die Identifizierung zu diesem Nachweis fehlt."))]
        found = methods.REMOTE.get(self.method).recheck(proof.identification)
        return [*found, binding_check(proof.manifest.get("binding", "") == proof.digest)]


def binding_check(holds: bool) -> Check:
    """Whether the identification was asked for exactly this declaration."""
    if holds:
        return Check("binding", True, N_("Die Identifizierung gehört zu genau dieser Erklärung."))
    return Check("binding", False, N_("Die Identifizierung gehört zu einer anderen Erklärung."))


def outcome_of(identification: Identification, *, binding: str, digest: str) -> Outcome:
    """The outcome of an identification that was asked for the declaration ``binding``.

    ``identification.evidence`` holds ``checks`` and ``files``: role → name, content_type, base64; perhaps ``law``.
    """
    stored = identification.evidence
    files = stored.get("files", {})
    person = {name: identification.attributes[name] for name in PERSON if identification.attributes.get(name)}
    return Outcome(
        way=identification.method,
        level=identification.level,
        signer=" ".join(person[name] for name in ("given_name", "family_name") if name in person),
        given_at=identification.at,
        checks=[*(Check.from_json(check) for check in stored.get("checks", [])), binding_check(binding == digest)],
        facts={"person": person},
        manifest={"binding": binding},
        evidence=[Evidence(role, file["name"], base64.b64decode(file["base64"]), file["content_type"]) for role, file in files.items()],
        identification=identification,
        law=stored.get("law", ""),
    )
