"""Mails in any order, each perhaps twice, with the router dying before or behind its writing."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.address.address import UNPROVEN
from shared.domain.change import Write
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.head import Head
from shared.domain.errors import TryAgain
from shared.domain.timeline.entry import Entry
from tests.support.consistency import faults
from tests.support.mails import ANA, COLLEAGUE, MailScene, document

FIRST = "First@mail.example.test"
MOST_TRIES = 5
# What a mail may be beside its words; `token` stands for the conversation of the first one.
KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "of a colleague": {"sender": COLLEAGUE, "cc": [ANA]},
    "with our token": {"sender": COLLEAGUE, "token": True},
    "with references": {"sender": COLLEAGUE, "references": [FIRST]},
    "of a program": {"automatic": "auto_submitted"},
    "of a program with our token": {"sender": COLLEAGUE, "automatic": "list", "token": True},
    "of somebody unproven": {"dmarc": "FAIL", "token": True, "references": [FIRST]},
    "a copy of the first": {"text": "First", "message_id": FIRST, "cc": [COLLEAGUE]},
}
Fault = str | None


class Dying(MemoryStore):
    """Its next commit dies before or behind its writing, where `fault` says so."""

    fault: Fault = None

    def commit(self, *writes: Write) -> None:
        fault, self.fault = self.fault, None
        if fault == "before":
            raise TryAgain("died")
        super().commit(*writes)
        if fault == "behind":
            raise TryAgain("died")


def deliver(scene: MailScene, event: str, told: dict[str, Any], fault: Fault, acceptance: str) -> Outcome:
    """Until the router has done it: the queue brings it again with the same acceptance."""
    store, raw = scene.world.store, scene.raw("email", event, acceptance)
    assert isinstance(store, Dying)
    store.fault = fault
    for _ in range(MOST_TRIES):
        try:
            return scene.brings(raw, told)
        except TryAgain:
            continue
    raise AssertionError("it was never done")


@settings(max_examples=150, deadline=None)
@given(
    st.permutations(sorted(KINDS)),
    st.lists(st.sampled_from([None, "before", "behind"]), min_size=len(KINDS), max_size=len(KINDS)),
    st.lists(st.booleans(), min_size=len(KINDS), max_size=len(KINDS)),
)
def test_each_mail_is_one_message_in_the_right_place_whatever_comes_first(
    order: list[str], deaths: list[Fault], again: list[bool]
) -> None:
    scene = MailScene(World(store=Dying()))
    scene.mail("First", cc=[COLLEAGUE])
    token = scene.token()
    outcomes: Counter[Outcome] = Counter()

    for name, fault, twice in zip(order, deaths, again, strict=True):
        told = {"text": name} | KINDS[name]
        told["conversation"] = token if told.pop("token", False) else None
        for copy in range(2 if twice else 1):
            outcome = deliver(scene, name, document(**told), fault, f"{name}.{copy}")
            outcomes[outcome] += copy == 0

    timelines = {entry.text: entry.timeline for entry in scene.received()}
    ana, claimed = scene.of().customer_id, scene.unproven().customer_id
    joined = ("plain", "with our token", "with references", "of a program", "of a program with our token")
    assert {timelines[name] for name in joined} == {ana} != {claimed}
    assert timelines["of somebody unproven"] == claimed
    assert timelines["of a colleague"] not in (ana, claimed)
    assert len(scene.received()) == len(KINDS) and outcomes[Outcome.HANDLED] == len(KINDS) - 1
    assert scene.get(Receipt, "email", "a copy of the first").outcome is Outcome.IGNORED
    assert all(len(head.cases) <= 1 for head in scene.all(Head)) and not faults(scene.world.store)
    unproven = [one for one in scene.all(Entry) if one.address.kind == UNPROVEN]
    assert {one.timeline for one in unproven} == {claimed}
