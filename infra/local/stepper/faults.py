"""What goes wrong with a delivery: the function dies, or is called twice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# The touches of the outside that change something; everything else may be repeated without a trace.
TOUCHES = frozenset(
    {"commit", "put", "send", "wake", "arm", "announce", "park", "post", "__call__"}
)  # fmt: skip
WATCHED = ("store", "inbox", "outbox", "desk_sockets", "chat_sockets", "http", "aws", "files", "postpone")


class Crashed(BaseException):
    """The function died (memory, time, machine). Nothing in the handlers may catch it."""


@dataclass(frozen=True, slots=True)
class Crash:
    """The function dies: before it did anything (`at` 0), at the nth touch of the outside (2n - 1: just
    before it, 2n: just after), or when all is done but its answer never arrives (`at` None).

    `back_after` is when an SQS delivery comes again, in seconds; None: with its visibility timeout.
    """

    at: int | None = None
    back_after: int | None = None


@dataclass(frozen=True, slots=True)
class Twice:
    """The delivery is handled, and then handed out once more (SQS and streams promise at least once)."""


Fault = Crash | Twice
BEFORE, AFTER, TWICE = Crash(at=0), Crash(at=None), Twice()


@dataclass
class Fuse:
    """Counts touches and blows at one of them. `left` is None when it never blows."""

    left: int | None = None
    touched: int = field(default=0, init=False)

    def tick(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.left = None
            raise Crashed

    def over(self, touch: Callable[..., Any]) -> Callable[..., Any]:
        def touched(*given: Any, **named: Any) -> Any:
            self.touched += 1
            self.tick()
            answer = touch(*given, **named)
            self.tick()
            return answer

        return touched


class Fused:
    """A port whose touches go over a fuse; everything else is the port's own."""

    def __init__(self, port: Any, fuse: Fuse) -> None:
        self._port, self._fuse = port, fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        return self._fuse.over(found) if name in TOUCHES else found

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._fuse.over(self._port)(*given, **named)
