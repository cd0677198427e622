"""A tiny SMTP server on loopback that misbehaves on request: refuses, says later, says no, hangs, hangs up."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Sink:
    """`mode` says what goes wrong: rcpt-451, rcpt-550, data-451, hang-at-banner, hang- or close-after-data, nothing."""

    mode: str = ""
    bad_address: str = ""
    port: int = 0
    messages: list[bytes] = field(default_factory=list)
    talks: int = 0
    _listener: socket.socket | None = None

    def serve(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        if self._listener:
            # Without the shutdown a thread that waits in accept() keeps the port open.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def _accept(self) -> None:
        while self._listener:
            try:
                talk, _ = self._listener.accept()
            except OSError:
                return
            self.talks += 1
            threading.Thread(target=self._talk, args=(talk,), daemon=True).start()

    def _talk(self, talk: socket.socket) -> None:
        with talk, contextlib.suppress(OSError):
            if self.mode == "hang-at-banner":
                time.sleep(5)
                return
            talk.sendall(b"220 sink\r\n")
            lines = talk.makefile("rb")
            while line := lines.readline():
                if not self._answer(talk, lines, line.strip()):
                    return

    def _answer(self, talk: socket.socket, lines: object, line: bytes) -> bool:
        command = line.upper()
        if command.startswith(b"EHLO"):
            talk.sendall(b"250 sink\r\n")
        elif command.startswith(b"RCPT"):
            talk.sendall(self._recipient(line))
        elif command == b"DATA":
            return self._data(talk, lines)
        elif command == b"QUIT":
            talk.sendall(b"221 bye\r\n")
            return False
        else:
            talk.sendall(b"250 ok\r\n")
        return True

    def _recipient(self, line: bytes) -> bytes:
        if self.mode == "rcpt-451":
            return b"451 later, please\r\n"
        if self.mode == "rcpt-550" and self.bad_address.encode() in line:
            return b"550 no such person here\r\n"
        return b"250 ok\r\n"

    def _data(self, talk: socket.socket, lines: object) -> bool:
        talk.sendall(b"354 go on\r\n")
        text = bytearray()
        while (part := lines.readline()) not in {b".\r\n", b""}:  # type: ignore[attr-defined]
            text += part
        if self.mode == "data-451":
            talk.sendall(b"451 disk is full\r\n")
            return True
        self.messages.append(bytes(text))  # it has arrived, whatever the client learns of it
        if self.mode == "close-after-data":
            return False
        if self.mode == "hang-after-data":
            time.sleep(5)
            return False
        talk.sendall(b"250 taken\r\n")
        return True


@contextlib.contextmanager
def sink(mode: str = "", bad_address: str = "") -> Iterator[Sink]:
    server = Sink(mode, bad_address)
    server.serve()
    try:
        yield server
    finally:
        server.close()
