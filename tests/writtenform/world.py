"""The invented world of the cases: one chain of authorities, people with all kinds of certificates, services."""

from dataclasses import dataclass
from functools import cached_property

from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.writtenform import lists, pki
from tests.writtenform.pki import Holder


@dataclass(frozen=True)
class Expected:
    """What the standards say about a case. ``broken`` are the checks that must be false, all others must not be.

    ``unreadable`` is part of the sentence of a file without an answer; then nothing else is looked at.
    """

    valid: bool = False
    qualified: bool = False
    level: str = "B-B"
    coverage: str = "whole"
    broken: frozenset[str] = frozenset()
    unreadable: str = ""
    signers: int = 1


def holds(level: str = "B-B", *, qualified: bool = False, coverage: str = "whole", signers: int = 1, broken: str = "") -> Expected:
    """A valid signature; ``broken`` may name checks that do not decide on validity."""
    return Expected(True, qualified, level, coverage, frozenset(broken.split()), signers=signers)


def fails(broken: str, *, level: str = "B-B", coverage: str = "whole", signers: int = 1) -> Expected:
    """A signature that does not count, because of these checks."""
    return Expected(False, False, level, coverage, frozenset(broken.split()), signers=signers)


def unreadable(sentence: str) -> Expected:
    """A file without an answer."""
    return Expected(unreadable=sentence)


class World:
    """Everyone is made when first asked for."""

    @cached_property
    def root(self) -> Holder:
        """The root that is trusted."""
        return pki.authority("Wurzel Musterland")

    @cached_property
    def issuer(self) -> Holder:
        """The issuing authority below it."""
        return pki.authority("Ausstellung Musterland", self.root)

    @cached_property
    def robin(self) -> Holder:
        """A resident with a qualified certificate."""
        return pki.person(self.issuer, "Robin Beispiel", extensions=[pki.QUALIFIED])

    @cached_property
    def kim(self) -> Holder:
        """Somebody else with a certificate that says nothing about being qualified."""
        return pki.person(self.issuer, "Kim Albers")

    @cached_property
    def service(self) -> Holder:
        """A trusted time-stamping service."""
        return pki.timestamp_service(self.issuer)

    @cached_property
    def stranger_root(self) -> Holder:
        """A root that nobody here trusts."""
        return pki.authority("Fremde Wurzel")

    @cached_property
    def stranger(self) -> Holder:
        """A person below the strange root, with the same name as robin."""
        return pki.person(self.stranger_root, "Robin Beispiel", extensions=[pki.QUALIFIED])

    @cached_property
    def strange_service(self) -> Holder:
        """A time-stamping service below the strange root."""
        return pki.timestamp_service(self.stranger_root)

    @cached_property
    def web_server(self) -> Holder:
        """A certificate for a web server."""
        return pki.person(self.issuer, "www.musterstadt.example", purposes=[ExtendedKeyUsageOID.SERVER_AUTH])

    @cached_property
    def list_signer(self) -> Holder:
        """Who signs the national list."""
        return pki.list_signer("Listenstelle Deutschland")

    @cached_property
    def roots_only(self) -> dict[str, bytes]:
        """A trust folder with certificates only."""
        return {"wurzel.pem": self.root.pem}

    def with_list(self, plan: lists.Plan | None = None, *, signer: Holder | None = None) -> dict[str, bytes]:
        """A trust folder with the root, a national list and its signer's certificate."""
        plan = plan or lists.Plan([lists.Listed(self.issuer)])
        return {
            **self.roots_only,
            "liste.xml": lists.trusted_list(plan, signer or self.list_signer),
            "listenstelle.pem": self.list_signer.pem,
        }
