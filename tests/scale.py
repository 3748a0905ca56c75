"""One knob for the size of tests: ``TEST_SCALE`` multiplies the number of examples."""

import os

TEST_SCALE = float(os.environ.get("TEST_SCALE", "1"))


def examples(n: int) -> int:
    """Return ``n`` scaled by ``TEST_SCALE``, at least 1."""
    return max(1, round(n * TEST_SCALE))
