"""What can go wrong with proofs; each message is a German sentence for the person."""


class WrittenFormError(Exception):
    """A proof cannot be taken."""


class WayNotOpen(WrittenFormError):
    """The rule in force does not open this way, or not at this level."""


class ProofRefused(WrittenFormError):
    """A check does not hold: the way did not lead to a proof."""


class RuleNotAdded(WrittenFormError):
    """A rule of the city cannot be added as it is."""
