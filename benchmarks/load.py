"""The load generator: a small HTTP/1.1 keep-alive client in a process of its own, pinned to one core.

Reads a plan as JSON on standard input and prints what it measured as JSON. Requests of a plan with
``once`` are sent in order, each one time; else the list is repeated until the time is over.
"""

import asyncio
import json
import os
import sys
import time
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

HEAD_END = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"


@dataclass
class Measure:
    """What all connections share: the plan's requests, when to count, what came back."""

    requests: list[bytes]
    once: bool
    counting_from: float
    until: float
    sent: int = 0
    last: float = 0.0
    seconds_each: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    warm_up_answers: int = 0
    body_bytes: int = 0

    def next_request(self) -> bytes | None:
        """The next request, nothing when the time or the list is over."""
        if time.perf_counter() >= self.until or (self.once and self.sent >= len(self.requests)):
            return None
        self.sent += 1
        return self.requests[(self.sent - 1) % len(self.requests)]

    def note(self, began: float, status: str, body_bytes: int) -> None:
        """Count one answer; those of the warm-up only by status."""
        now = time.perf_counter()
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.body_bytes = body_bytes
        if began < self.counting_from:
            self.warm_up_answers += 1
            return
        self.seconds_each.append(now - began)
        self.last = now


class Connection(asyncio.Protocol):
    """One keep-alive connection: a request, its whole answer, the next request."""

    def __init__(self, measure: Measure, done: "asyncio.Future[None]") -> None:
        self.measure = measure
        self.done = done
        self.received = b""
        self.missing = -1
        self.chunked = False
        self.status = ""
        self.length = 0
        self.began = 0.0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        if isinstance(transport, asyncio.Transport):
            self.transport = transport
        self.send()

    def send(self) -> None:
        """Send the next request, or close."""
        request = self.measure.next_request()
        if self.transport is None or request is None:
            self.finish()
            return
        self.began = time.perf_counter()
        self.transport.write(request)

    def finish(self) -> None:
        """Close the connection in good order."""
        if not self.done.done():
            self.done.set_result(None)
        if self.transport is not None:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Collect until the answer is whole."""
        if self.missing < 0 and not self.chunked:
            self.received += data
            head, found, body = self.received.partition(HEAD_END)
            if not found:
                return
            self.read_head(head)
            self.missing = self.length - len(body)
            self.received = body
        elif self.chunked:
            self.received += data
        else:
            self.missing -= len(data)
        if self.received.endswith(LAST_CHUNK) if self.chunked else self.missing <= 0:
            self.measure.note(self.began, self.status, len(self.received) if self.chunked else self.length)
            self.received, self.missing, self.chunked = b"", -1, False
            self.send()

    def read_head(self, head: bytes) -> None:
        """Status, and length or the mark of an answer in chunks."""
        lines = head.lower().split(b"\r\n")
        self.status = lines[0].split(b" ")[1].decode()
        lengths = [line.split(b":")[1] for line in lines if line.startswith(b"content-length:")]
        self.chunked = not lengths and b"transfer-encoding: chunked" in lines
        if not lengths and not self.chunked:
            raise ValueError(f"an answer without length: {head[:300]!r}")
        self.length = int(lengths[0]) if lengths else 0

    def connection_lost(self, problem: Exception | None) -> None:
        """A connection that the server closes early is a failed measurement."""
        if not self.done.done():
            self.done.set_exception(problem or ConnectionError(f"closed early after {self.measure.sent} requests"))


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Carry out a plan: host, port, requests (base64), concurrency, warm_seconds, seconds, once."""
    loop = asyncio.get_running_loop()
    begin = time.perf_counter()
    counting_from = begin + plan["warm_seconds"]
    requests = [b64decode(request) for request in plan["requests"]]
    measure = Measure(requests, plan["once"], counting_from, counting_from + plan["seconds"])
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(plan["concurrency"])]
    for end in ends:
        await loop.create_connection(lambda end=end: Connection(measure, end), plan["host"], plan["port"])  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    await asyncio.gather(*ends)
    each = sorted(measure.seconds_each)
    if not each:
        raise ValueError("nothing was measured: too few requests for the warm-up")
    seconds = measure.last - counting_from
    return {
        "per_second": len(each) / seconds,
        "answers": len(each),
        "all_answers": len(each) + measure.warm_up_answers,
        "seconds": seconds,
        "median_ms": each[len(each) // 2] * 1000,
        "p95_ms": each[int(len(each) * 0.95)] * 1000,
        "statuses": measure.statuses,
        "body_bytes": measure.body_bytes,
        "generator_busy": time.process_time() / (time.perf_counter() - begin),
    }


def main() -> None:
    """Pin, read, measure, print."""
    plan = json.load(sys.stdin)
    os.sched_setaffinity(0, {plan["core"]})
    print(json.dumps(asyncio.run(run(plan))))


if __name__ == "__main__":
    main()
