"""A small server of names on loopback: it says what it was told, and of all else that there is none."""

import socket
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = Mapping[tuple[str, str], Sequence[str]]


class NameServer:
    """`records` by name and kind. `silent`: it hears questions and answers none of them."""

    def __init__(self, records: Records, silent: bool = False) -> None:
        self.records, self.silent = records, silent
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))  # an empty question ends it

    def _serve(self) -> None:
        with self._socket:
            while True:
                asked, sender = self._socket.recvfrom(4096)
                if not asked:
                    return
                if not self.silent:
                    self._socket.sendto(self._answer(asked), sender)

    def _answer(self, asked: bytes) -> bytes:
        question = dns.message.from_wire(asked)
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        name = question.question[0].name
        plain, kind = name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.question[0].rdtype)
        if found := self.records.get((plain, kind)):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *found))
        elif not any(known == plain for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()
