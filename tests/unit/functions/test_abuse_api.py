"""An abusive customer: a notice, then the agent may end the conversation and rest; supervisors are told."""

from collections.abc import Iterator
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put
from shared.domain.customer.evidence import Consent
from shared.domain.customer.kept import Case
from shared.domain.declared import Abuse
from shared.domain.desk.inbox import Notice
from shared.domain.errors import TryAgain
from shared.domain.timeline.entry import Audience, Delivery, Kind
from shared.edge import wiring
from tests.support.rule_scene import NUMBER, RuleScene
from tests.support.staff import Browser

ABUSE = Abuse("끝냅니다.", "We end this.", 15, "멈춰 주세요.", "Please stop.")


@pytest.fixture
def scene() -> Iterator[RuleScene]:
    made = RuleScene(World(settings=FixedSettings(Centre(abuse=ABUSE))))
    wiring.use(made.world.ports())
    made.taken("You are all so stupid, I hate you")
    yield made


@pytest.fixture
def page(scene: RuleScene) -> Browser:
    return Browser()


def asked(scene: RuleScene, **more: Any) -> dict[str, Any]:
    return {"key": "abuse-0001", "customer_id": scene.head().customer_id, "notice": False, **more}


def path(scene: RuleScene) -> str:
    return f"/cases/{(scene.all(Case)[0]).id}/abuse"


def said(scene: RuleScene) -> list[str]:
    return [line.text for line in scene.entries(Kind.MESSAGE_SENT)]


def test_the_notice_is_told_by_the_house_and_the_conversation_goes_on(
    scene: RuleScene, page: Browser
) -> None:
    told = page.post(path(scene), asked(scene, notice=True))

    (line,) = scene.entries(Kind.MESSAGE_SENT)
    (audit,) = scene.entries(Kind.AUDITED)
    assert (told.status, told.body) == (200, {"break_minutes": 0})
    assert (line.text, line.actor, line.delivery) == ("Please stop.", "system", Delivery.QUEUED)
    assert line.audience is Audience.CUSTOMER and line.address == Address("phone", NUMBER)
    assert (audit.actor, audit.facts["action"], audit.audience) == ("agent:one", "abuse_warned", "staff")
    assert len(scene.head().cases) == 1 and scene.all(Notice) == []


def test_it_ends_with_the_sentence_of_the_centre_and_a_rest_is_offered(
    scene: RuleScene, page: Browser
) -> None:
    told = page.post(path(scene), asked(scene, note="Shouted for ten minutes"))

    (case,) = scene.all(Case)
    kinds = [line.kind for line in scene.entries()][-3:]
    assert (told.status, told.body) == (200, {"break_minutes": 15})
    assert kinds == [Kind.MESSAGE_SENT, Kind.NOTE_ADDED, Kind.CASE_CLOSED]
    assert said(scene) == ["We end this."]
    assert (case.disposition, case.closed_at is not None) == ("abuse", True)
    assert scene.agent().engagements == () or all(e.wrapping for e in scene.agent().engagements)


def test_a_customer_who_writes_korean_is_told_in_korean(page: Browser) -> None:
    scene = RuleScene(World(settings=FixedSettings(Centre(abuse=ABUSE))))
    wiring.use(scene.world.ports())
    scene.taken("다들 정말 한심하네요")

    page.post(path(scene), asked(scene, notice=True))
    page.post(path(scene), asked(scene, key="abuse-0002"))

    assert said(scene) == ["멈춰 주세요.", "끝냅니다."]


def test_the_supervisors_are_told_in_the_same_transaction(scene: RuleScene, page: Browser) -> None:
    page.post(path(scene), asked(scene))

    (notice,) = scene.all(Notice)
    (closed,) = scene.entries(Kind.CASE_CLOSED)
    assert (notice.person, notice.what, notice.by) == ("supervisors", "abuse", "one")
    assert (notice.timeline, notice.seq, notice.case_id) == (closed.timeline, closed.seq, closed.case_id)


def test_the_same_request_again_is_done_once(scene: RuleScene, page: Browser) -> None:
    first, again = (page.post(path(scene), asked(scene)) for _ in range(2))
    warned, twice = (page.post(path(scene), asked(scene, key="abuse-0003", notice=True)) for _ in range(2))

    assert (first.status, again.status) == (200, 200)
    assert first.body == again.body
    assert len(scene.entries(Kind.CASE_CLOSED)) == len(said(scene)) == len(scene.all(Notice)) == 1
    assert (warned.status, twice.status) == (409, 409), "the case is closed"


def test_a_crash_before_the_write_leaves_all_as_it_was(scene: RuleScene, page: Browser) -> None:
    commit = scene.world.store.commit

    def dies(*writes: Any) -> None:
        raise TryAgain("the table is away")

    scene.world.store.commit = dies  # type: ignore[method-assign]
    assert page.post(path(scene), asked(scene)).status == 503
    scene.world.store.commit = commit  # type: ignore[method-assign]
    assert (said(scene), scene.all(Notice), len(scene.head().cases)) == ([], [], 1)

    assert page.post(path(scene), asked(scene)).status == 200
    assert len(scene.entries(Kind.CASE_CLOSED)) == len(scene.all(Notice)) == 1


def test_no_survey_follows_and_the_reason_is_told(scene: RuleScene, page: Browser) -> None:
    scene.says("What can I do for you?")
    page.post(path(scene), asked(scene))

    scene.surveys(scene.closed())

    assert scene.entries(Kind.SURVEY_ASKED) == []
    (line,) = scene.entries(Kind.SURVEY_SUPPRESSED)
    assert line.facts["reason"] == "abuse"


def test_a_message_within_the_grace_period_is_a_new_case(scene: RuleScene, page: Browser) -> None:
    page.post(path(scene), asked(scene))
    scene.world.clock.advance(60)

    scene.sms("And another thing")

    (case,) = scene.head().cases
    first, second = sorted(scene.all(Case), key=lambda one: one.opened_at)
    assert (case.id, case.owner) == (second.id, "")
    assert (first.disposition, first.reopened) == ("abuse", 0)


def test_a_customer_who_cannot_be_reached_is_not_warned_but_the_agent_may_end_it(
    scene: RuleScene, page: Browser
) -> None:
    stop = Consent(Address("phone", NUMBER), True, scene.world.clock())
    scene.world.store.commit(Put(stop, over=ANY))

    warned = page.post(path(scene), asked(scene, notice=True))
    ended = page.post(path(scene), asked(scene, key="abuse-0002"))

    assert (warned.status, warned.code, ended.status) == (422, "opted_out", 200)
    assert said(scene) == [] and len(scene.entries(Kind.CASE_CLOSED)) == 1


def test_only_whose_case_it_is_may(scene: RuleScene, page: Browser) -> None:
    scene.hire("two")

    for notice in (True, False):
        told = Browser("two").post(path(scene), asked(scene, notice=notice))
        assert (told.status, told.code) == (409, "not_owner")
    assert Browser("boss", groups="supervisor").post(path(scene), asked(scene)).status == 403


def test_nobody_closes_a_case_with_the_outcome_of_abuse_by_the_way(scene: RuleScene, page: Browser) -> None:
    told = page.post(path(scene).replace("abuse", "close"), asked(scene) | {"disposition": "abuse"})

    assert told.code == "unknown_disposition"
