"""Services of AWS that carry messages, in memory: a function answers, and every call is kept."""

from collections.abc import Callable

from shared.domain.channel.carriage import AwsAnswer, AwsCall, NoAnswer, NotSent

Outcome = AwsAnswer | NotSent | NoAnswer


def taken(call: AwsCall) -> Outcome:
    """What a service says that takes everything."""
    return AwsAnswer(200, {"MessageId": "0100000000000001"})


class MemoryAws:
    """`outcomes` are used up first, one a call; then `answer` decides."""

    def __init__(self, answer: Callable[[AwsCall], Outcome] = taken) -> None:
        self.answer = answer
        self.outcomes: list[Outcome] = []
        self.calls: list[AwsCall] = []

    def __call__(self, call: AwsCall) -> Outcome:
        self.calls.append(call)
        return self.outcomes.pop(0) if self.outcomes else self.answer(call)
