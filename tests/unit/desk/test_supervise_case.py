"""A supervisor leaves a note for an agent, steps into a case and out again, and gives it to somebody else."""

import pytest

from shared.domain.change import ANY, Put
from shared.domain.customer.head import OpenCase
from shared.domain.desk.inbox import MENTION, REASSIGNED, STEPPED_IN, Notice
from shared.domain.errors import Conflict, Refused
from shared.domain.session.socket import SocketOf
from shared.domain.timeline.entry import Audience, Delivery, Kind
from shared.use_cases.desk.notify_desks import NotifyDesks
from shared.use_cases.desk.supervise_case import SuperviseCase
from shared.use_cases.routing.add_staff import AddStaff
from tests.support.rule_scene import RuleScene

KEY, OTHER_KEY = "key-0001", "key-0002"


@pytest.fixture
def scene() -> RuleScene:
    scene = RuleScene()
    scene.taken()
    AddStaff(*scene.needs)("boss", "The boss")
    return scene


def supervise(scene: RuleScene) -> SuperviseCase:
    return SuperviseCase(*scene.needs)


def case_of(scene: RuleScene) -> OpenCase:
    return scene.head().cases[0]


def where(scene: RuleScene, by: str = "boss") -> tuple[str, str, str]:
    return by, scene.head().customer_id, case_of(scene).id


def told(scene: RuleScene) -> list[tuple[str, str, str]]:
    return [(one.person, one.what, one.by) for one in scene.all(Notice)]


def test_a_note_reaches_the_agent_who_has_the_case_and_never_the_customer(scene: RuleScene) -> None:
    entry = supervise(scene).note(*where(scene), "Offer them the refund", KEY)

    assert (entry.kind, entry.audience, entry.actor) == (Kind.NOTE_ADDED, Audience.STAFF, "agent:boss")
    assert told(scene) == [("one", MENTION, "boss")]
    assert scene.all(Notice)[0].seq == entry.seq


def test_the_agent_is_told_of_a_note_while_looking_at_something_else(scene: RuleScene) -> None:
    desk_of(scene, "one")

    entry = supervise(scene).note(*where(scene), "Offer them the refund", KEY)
    NotifyDesks(scene.world.store, scene.world.desk_sockets)([entry])

    line, told = scene.world.desk_sockets.frames["desk"]
    assert (line["entry"]["text"], told["type"], told["what"]) == ("Offer them the refund", "told", MENTION)


def test_a_supervisor_cannot_answer_before_stepping_in_and_can_until_they_leave(scene: RuleScene) -> None:
    with pytest.raises(Refused, match="not_owner"):
        scene.says("Hello", "early-00", agent_id="boss")

    supervise(scene).step_in(*where(scene), "The customer asked for me", KEY)
    answer = scene.says("I am the manager.", "reply-00", agent_id="boss")
    supervise(scene).step_out(*where(scene), OTHER_KEY)

    assert (answer.actor, answer.delivery) == ("agent:boss", Delivery.QUEUED)
    with pytest.raises(Refused, match="not_owner"):
        scene.says("One more thing", "late-000", agent_id="boss")


def test_stepping_in_stands_in_the_trail_with_its_reason_and_the_agent_is_told(scene: RuleScene) -> None:
    before = case_of(scene)

    supervise(scene).step_in(*where(scene), "The customer asked for me", KEY)
    supervise(scene).step_out(*where(scene), OTHER_KEY)

    lines = scene.entries(Kind.STEPPED_IN)
    said = [(line.actor, line.facts["how"], line.text, line.audience) for line in lines]
    assert said == [
        ("agent:boss", "stepped_in", "The customer asked for me", Audience.STAFF),
        ("agent:boss", "stepped_out", "", Audience.STAFF),
    ]
    assert told(scene) == [("one", STEPPED_IN, "boss")]
    assert case_of(scene) == before


def test_stepping_in_leaves_owner_places_and_first_waiting_as_they_were(scene: RuleScene) -> None:
    agent = scene.agent()

    supervise(scene).step_in(*where(scene), "Quality", KEY)

    assert (case_of(scene).owner, scene.agent()) == ("one", agent)
    assert case_of(scene).stepped_in == ("boss",)


def test_the_agent_goes_on_answering_beside_a_supervisor(scene: RuleScene) -> None:
    supervise(scene).step_in(*where(scene), "Quality", KEY)

    assert scene.says("Still me", "agent-00").actor == "agent:one"


def test_the_agents_desk_is_sent_to_look_again(scene: RuleScene) -> None:
    desk_of(scene, "one")

    entry = supervise(scene).step_in(*where(scene), "Quality", KEY)
    NotifyDesks(scene.world.store, scene.world.desk_sockets)([entry])

    types = [frame["type"] for frame in scene.world.desk_sockets.frames["desk"]]
    assert types == ["entry", "work_changed", "told"]


@pytest.mark.parametrize("act", ["note", "step_in"])
def test_the_same_request_again_is_done_once(scene: RuleScene, act: str) -> None:
    do = getattr(supervise(scene), act)

    first, again = do(*where(scene), "Words", KEY), do(*where(scene), "Words", KEY)

    assert first == again
    assert len(told(scene)) == 1
    with pytest.raises(Refused, match="key_reused"):
        do(*where(scene), "Other words", KEY)


def test_two_who_step_in_at_once_are_both_in(scene: RuleScene) -> None:
    place, commit, raced = where(scene), scene.world.store.commit, list[object]()

    def faster(*writes: object) -> None:
        if not raced:
            raced.append(SuperviseCase(*scene.needs).step_in("other", *place[1:], "Me, too", OTHER_KEY))
            raise Conflict
        commit(*writes)  # type: ignore[arg-type]

    raced_store = _Racing(scene, faster)
    SuperviseCase(raced_store, scene.world.now).step_in(*place, "Quality", KEY)  # type: ignore[arg-type]

    assert case_of(scene).stepped_in == ("other", "boss")


def test_nobody_steps_in_twice_or_out_without_having_stepped_in(scene: RuleScene) -> None:
    with pytest.raises(Refused, match="not_stepped_in"):
        supervise(scene).step_out(*where(scene), KEY)
    supervise(scene).step_in(*where(scene), "Quality", KEY)

    with pytest.raises(Refused, match="stepped_in_already"):
        supervise(scene).step_in(*where(scene), "Quality", OTHER_KEY)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_stepping_in_needs_a_reason(scene: RuleScene, reason: str) -> None:
    with pytest.raises(Refused, match="empty"):
        supervise(scene).step_in(*where(scene), reason, KEY)


def test_a_closed_case_is_neither_noted_nor_stepped_into_and_forgets_who_was_in_it(scene: RuleScene) -> None:
    place = where(scene)
    supervise(scene).step_in(*place, "Quality", KEY)
    scene.closes()

    for act in (supervise(scene).note, supervise(scene).step_in):
        with pytest.raises(Refused, match="case_closed"):
            act(*place, "Words", OTHER_KEY)
    scene.sms("I am back")
    assert case_of(scene).stepped_in == ()


def test_an_owned_case_goes_to_another_agent_with_the_reason_and_both_know(scene: RuleScene) -> None:
    scene.hire("two")

    supervise(scene).assign(*where(scene), "", "two", "Two knows this customer", KEY)
    scene.assign()

    assert scene.agent("one").engagements == ()
    assert len(scene.offers("two")) == 1
    note, handed = scene.entries(Kind.NOTE_ADDED)[-1], scene.entries(Kind.TRANSFERRED)[-1]
    assert (note.actor, note.text) == ("agent:boss", "Two knows this customer")
    assert (handed.actor, handed.facts["agent"], handed.facts["to_agent"]) == ("agent:boss", "one", "two")
    assert told(scene) == [("one", REASSIGNED, "boss")]


def test_an_owned_case_goes_back_into_a_queue_once(scene: RuleScene) -> None:
    place = where(scene)

    first = supervise(scene).assign(*place, "main", "", "End of the shift", KEY)
    again = supervise(scene).assign(*place, "main", "", "End of the shift", KEY)

    assert first == again
    assert (case_of(scene).owner, len(scene.entries(Kind.TRANSFERRED))) == ("", 1)


def test_a_case_goes_to_nobody_who_is_away_or_has_it_and_into_no_queue_that_is_not_there(
    scene: RuleScene,
) -> None:
    assign = supervise(scene).assign

    for queue, to, code in (
        ("", "two", "agent_away"),
        ("", "one", "has_it_already"),
        ("moon", "", "no_queue"),
    ):
        with pytest.raises(Refused, match=code):
            assign(*where(scene), queue, to, "Why not", KEY)


def test_a_case_that_nobody_has_is_given_from_its_queue() -> None:
    scene = RuleScene()
    scene.sms("Hello")

    with pytest.raises(Refused, match="not_assigned"):
        supervise(scene).assign(*where(scene), "main", "", "Why not", KEY)


def test_a_note_on_a_case_that_waits_tells_nobody_in_particular() -> None:
    scene = RuleScene()
    scene.sms("Hello")

    supervise(scene).note(*where(scene), "Careful with this one", KEY)

    assert told(scene) == []


def desk_of(scene: RuleScene, agent_id: str) -> None:
    scene.world.desk_sockets.open("desk")
    later = scene.world.clock()
    scene.world.store.commit(Put(SocketOf(f"agent:{agent_id}", "desk", later), over=ANY))


class _Racing:
    """The store, with somebody faster at the first commit."""

    def __init__(self, scene: RuleScene, commit: object) -> None:
        self._store, self.commit = scene.world.store, commit

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)
