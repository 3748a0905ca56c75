"""One HTTP question to a trust service, with limits on time and size. The only place of this folder that opens a connection."""

import urllib.error
import urllib.request

SECONDS = 20
MOST_BYTES = 40 * 1024 * 1024


def ask_web(address: str, body: bytes | None, content_type: str) -> bytes:
    """The answer of a service. Raises OSError: not reachable, an error status, another scheme than HTTP, an answer too long."""
    if not address.startswith(("http://", "https://")):
        raise OSError("only http and https")
    headers = {"Content-Type": content_type} if body is not None else {}
    request = urllib.request.Request(address, data=body, headers=headers)  # noqa: S310  # the scheme was looked at above
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  # the scheme was looked at above
            data: bytes = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise OSError(f"status {refusal.code}") from None
    if len(data) > MOST_BYTES:
        raise OSError("answer too long")
    return data
