"""A small load generator: so many connections, each sending its next request when the last one is answered.

Runs in a process of its own. It shares the processors with the service, so requests per second are a lower bound; what
is compared is requests per second of processor time that the serving processes spend.

    echo '{"port": 8000, "connections": 8, "seconds": 2, "requests": ["GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"]}' |
        python -m tests.bench.load
"""

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

END = b"\r\n\r\n"


@dataclass
class Connection:
    line: socket.socket
    requests: list[bytes]
    place: int
    answer: bytearray = field(default_factory=bytearray)
    sent_at: float = 0.0

    def send(self) -> None:
        self.answer.clear()
        self.sent_at = time.perf_counter()
        self.line.sendall(self.requests[self.place % len(self.requests)])
        self.place += 1

    def status(self) -> int:
        """The status of a whole answer; 0 while it is not whole."""
        head, found, body = self.answer.partition(END)
        if not found:
            return 0
        lower = bytes(head).lower()
        if b"transfer-encoding: chunked" in lower:
            whole = body.endswith(b"0\r\n\r\n")
        else:
            length = lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0] if b"content-length:" in lower else b"0"
            whole = len(body) >= int(length)
        return int(head[9:12]) if whole else 0


def run(port: int, connections: int, seconds: float, requests: list[str]) -> dict[str, object]:
    """Requests answered, statuses, and the time each took in milliseconds (median and 95th percentile)."""
    selector = selectors.DefaultSelector()
    todo = [request.encode() for request in requests]
    statuses: dict[int, int] = {}
    took: list[float] = []
    for number in range(connections):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one = Connection(line, todo, number)
        selector.register(line, selectors.EVENT_READ, one)
        one.send()
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for key, _events in selector.select(timeout=1):
            _read(key.data, statuses, took)
    passed = time.perf_counter() - began
    took.sort()
    middle, high = (took[int(len(took) * share)] * 1000 if took else 0.0 for share in (0.5, 0.95))
    return {"answered": len(took), "seconds": passed, "statuses": statuses, "p50": middle, "p95": high}


def _read(one: Connection, statuses: dict[int, int], took: list[float]) -> None:
    data = one.line.recv(262_144)
    if not data:
        raise ConnectionError("the server closed a connection that was in use")
    one.answer += data
    if status := one.status():
        took.append(time.perf_counter() - one.sent_at)
        statuses[status] = statuses.get(status, 0) + 1
        one.send()


if __name__ == "__main__":
    json.dump(run(**json.load(sys.stdin)), sys.stdout)
