"""After-contact work: its places stay taken until the agent is done, its time is over, or they are gone."""

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.commands import Due
from shared.domain.report.count_fact import count_fact, together
from shared.domain.report.figures import Figure
from shared.domain.report.formulas import add_up, derive
from shared.domain.routing.staff import Presence
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.sweep_presence import SweepPresence
from shared.use_cases.routing.wrap_up import WrapUp, end_wrap_up
from tests.support.rule_scene import RuleScene

CENTRE = Centre(acw_seconds=60)


def closed() -> RuleScene:
    """A case that was taken for 40 seconds and closed."""
    scene = RuleScene(World(settings=FixedSettings(CENTRE)))
    scene.taken()
    scene.world.clock.advance(40)
    scene.closes()
    return scene


def told(scene: RuleScene) -> list[Entry]:
    return [entry for entry in scene.all(Entry) if entry.kind is Kind.WRAPPED_UP]


def due(scene: RuleScene) -> Due:
    line = scene.entries(Kind.CASE_CLOSED)[0]
    assert line.due and line.due_for == "wrap"
    return Due(line.due, "wrap", line.timeline, line.case_id, str(line.facts["agent"]))


def test_closing_keeps_the_places_until_the_agent_is_done() -> None:
    scene = closed()
    (place,) = scene.agent().engagements
    scene.world.clock.advance(20)

    WrapUp(*scene.needs).done("one", place.case_id)

    assert place.wrapping and scene.agent().engagements == ()
    (line,) = told(scene)
    assert (line.facts["how"], line.facts["wrap_ms"], line.facts["queue"]) == ("done", 20_000, "main")


def test_its_time_ends_it_and_a_timer_that_comes_early_late_or_twice_changes_nothing_else() -> None:
    scene = closed()
    timer = due(scene)

    end_wrap_up(*scene.needs, timer)
    early = scene.agent().engagements
    scene.world.clock.advance(61)
    end_wrap_up(*scene.needs, timer)
    end_wrap_up(*scene.needs, timer)

    assert len(early) == 1 and scene.agent().engagements == ()
    assert [line.facts["how"] for line in told(scene)] == ["over"]


def test_the_round_of_the_minute_ends_what_lost_its_timer() -> None:
    scene = closed()
    scene.world.clock.advance(61)

    SweepPresence(*scene.needs)("main")

    assert scene.agent().engagements == ()


def test_the_timer_is_known_by_its_word() -> None:
    scene = closed()
    scene.world.clock.advance(61)

    KeepTime(*scene.needs, scene.world.outbox).fire(due(scene))

    assert scene.agent().engagements == ()


def test_who_goes_offline_is_done_and_it_is_counted() -> None:
    scene = closed()
    scene.world.clock.advance(5)

    scene.presence(Presence.OFFLINE)

    assert [line.facts["how"] for line in told(scene)] == ["offline"]
    assert scene.agent().engagements == ()


def test_done_twice_is_a_success_and_one_line() -> None:
    scene = closed()
    case_id = scene.agent().engagements[0].case_id

    WrapUp(*scene.needs).done("one", case_id)
    WrapUp(*scene.needs).done("one", case_id)

    assert len(told(scene)) == 1


def test_a_centre_without_after_contact_work_frees_the_agent_at_once() -> None:
    scene = RuleScene()
    scene.taken()

    scene.closes()

    assert scene.agent().engagements == ()
    assert scene.entries(Kind.CASE_CLOSED)[0].due is None


def test_average_handle_time_holds_the_work_after_it_once() -> None:
    scene = closed()
    scene.world.clock.advance(20)
    WrapUp(*scene.needs).done("one", scene.agent().engagements[0].case_id)

    lines = [fact for entry in scene.all(Entry) for fact in facts(entry)]
    rows = together(add for fact in lines for add in count_fact(fact, CENTRE) if isinstance(add.item, Figure))
    sums = add_up(())
    for add in rows:
        for name, amount in add.amounts.items():
            sums[name] += amount

    assert (sums["contacts_completed"], sums["handle_ms"], sums["wrap_ms"]) == (1, 60_000, 20_000)
    assert derive(sums)["average_handle_time"] == pytest.approx(60)
