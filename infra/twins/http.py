"""Providers in memory: a function answers, and every call is kept."""

from collections.abc import Callable

from shared.domain.channel.carriage import HttpAnswer, HttpCall, NoAnswer, NotSent

Outcome = HttpAnswer | NotSent | NoAnswer


def created(call: HttpCall) -> Outcome:
    """What a provider says who takes everything."""
    return HttpAnswer(201, b'{"sid": "SM00000000000000000000000000000001"}')


class MemoryHttp:
    """`outcomes` are used up first, one a call; then `answer` decides."""

    def __init__(self, answer: Callable[[HttpCall], Outcome] = created) -> None:
        self.answer = answer
        self.outcomes: list[Outcome] = []
        self.calls: list[HttpCall] = []

    def __call__(self, call: HttpCall) -> Outcome:
        self.calls.append(call)
        return self.outcomes.pop(0) if self.outcomes else self.answer(call)
