"""CPU of a flow's step: the longest walk between two answers, with the most to choose from."""

import time

from infra.twins.clock import START
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.flow.flow import Flow, Option, Step, StepKind
from shared.domain.flow.step import About, Begun, Said, Typed, step
from tests.bench.measure import tell, within

LIMIT = 5  # milliseconds
TURNS, LENGTH, MOST = 100, 100, 30


def longest() -> Flow:
    """A question with as many choices as a list may hold, behind a hundred steps that ask nothing."""
    words = {"ko": "안내 말씀입니다. " * 10, "en": "A sentence of some length. " * 5}
    said = [Step(f"s{n}", StepKind.SAY, words, next=f"s{n + 1}") for n in range(LENGTH)]
    options = tuple(
        Option(f"c{n}", {"ko": f"선택지 가나다 {n}", "en": f"choice abc {n}"}, "s0") for n in range(MOST)
    )
    return Flow("long", (*said, Step(f"s{LENGTH}", StepKind.ASK, words, options)))


def bench_a_step_of_a_flow() -> None:
    flow, about = longest(), About(("ko", "en"), True, "")
    place = FlowPlace("long", 1, "s0", START)
    asked = step(flow, place, Begun(), about).place
    told = {}
    answers: dict[str, Said] = {
        "begun": Begun(),
        "typed": Typed(f"선택지 가나다 {MOST - 1}"),
        "not understood": Typed("아니요"),
    }
    for name, said in answers.items():
        start = time.process_time()
        for _ in range(TURNS):
            step(flow, asked if isinstance(said, Typed) else place, said, about)
        told[name] = (time.process_time() - start) / TURNS * 1000

    rows = [f"| {name} | {took:.2f} |" for name, took in told.items()]
    tell("flow_step", "\n".join(("| a flow's step | ms of CPU |", "| --- | --- |", *rows)) + "\n")
    for name, took in told.items():
        within(f"flow step, {name}", took, LIMIT)
