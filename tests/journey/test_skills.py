"""Two queues, two skills and a rule: who gets which customer, and what time changes about it."""

from dataclasses import replace

from shared.domain.centre import Centre
from shared.domain.queue import Need, Overflow, Queue, Ring
from shared.domain.routing.pool import Waiting
from shared.domain.staffing import Limit, Member, Profile, Rule, Skill, When
from shared.domain.timeline.entry import Kind
from tests.support.whole_scene import NUMBER, Desk, WholeScene, adds_up

ENGLISH_NUMBER, ANOTHER = "+821000000002", "+821000000003"
KOREAN_TEXT = "안녕하세요, 주문이 아직 안 왔어요."
ENGLISH_TEXT = "Hello, my order has not come yet. Where is it?"
AGAIN = "다시 문의드립니다."
MAIN = Queue("main", needs=(Need("korean"),), last_agent_days=7)
ENGLISH = Queue(
    "english", needs=(Need("english", 3),), rings=(Ring(20, drop=("english",)),), label_en="English"
)
CENTRE = Centre(
    queues=(MAIN, ENGLISH),
    skills=(Skill("korean", "한국어", "Korean"), Skill("english", "영어", "English")),
    profiles=(Profile("all", ("main", "english"), (Limit("sms", 1),)),),
    rules=(Rule((When("language", ("en",)),), queue="english"),),
    acw_seconds=0,
)
MEMBERS = (
    Member("kim", "all", (Need("korean", 5),)),
    Member("sue", "all", (Need("english", 4),)),
)


def scene_of(centre: Centre = CENTRE) -> WholeScene:
    return WholeScene(centre=centre, members=MEMBERS)


def writes(scene: WholeScene, number: str, text: str) -> None:
    scene.sms(number, text)
    scene.run()


def rows(scene: WholeScene) -> list[str]:
    return [item.queue for item in scene.world.store.items.values() if isinstance(item, Waiting)]


def served(scene: WholeScene, desk: Desk) -> dict[str, str]:
    case = desk.accept()
    scene.run()
    desk.reply(case, "sms", "네.")
    scene.run()
    return case


def closes(scene: WholeScene, desk: Desk, case: dict[str, str]) -> None:
    desk.close(case)
    scene.run()


def busy_with_another(scene: WholeScene, kim: Desk) -> dict[str, str]:
    """Kim had the case of our customer and closed it; now there is somebody else."""
    writes(scene, NUMBER, KOREAN_TEXT)
    closes(scene, kim, served(scene, kim))
    writes(scene, ANOTHER, KOREAN_TEXT)
    return served(scene, kim)


def test_an_english_sms_goes_to_the_agent_who_speaks_it_although_another_customer_waits_longer() -> None:
    scene = scene_of()
    writes(scene, NUMBER, KOREAN_TEXT)
    scene.live(10)
    writes(scene, ENGLISH_NUMBER, ENGLISH_TEXT)

    sue = scene.agent("sue")

    (offer,) = sue.offers()
    assert (offer["queue"], offer["preview"]) == ("english", ENGLISH_TEXT)
    assert offer["needs"] == [{"skill": "english", "level": 3}]
    assert sue.me()["labels"]["queues"]["english"]["en"] == "English"
    assert rows(scene) == ["main"], "who speaks Korean waits for Korean"
    adds_up(scene)


def test_after_twenty_seconds_and_not_a_second_later_somebody_without_the_skill_is_asked() -> None:
    scene = scene_of()
    kim = scene.agent("kim")
    writes(scene, ENGLISH_NUMBER, ENGLISH_TEXT)

    scene.live(19)
    assert kim.offers() == []

    scene.live(1)
    assert [offer["queue"] for offer in kim.offers()] == ["english"]
    adds_up(scene)


def test_who_comes_back_while_their_agent_is_busy_gets_them_and_nobody_else() -> None:
    scene = scene_of(replace(CENTRE, queues=(Queue("main"), ENGLISH)))
    kim = scene.agent("kim")
    busy = busy_with_another(scene, kim)
    writes(scene, NUMBER, AGAIN)

    sue = scene.agent("sue")
    assert (sue.offers(), rows(scene)) == ([], ["@kim"]), "although she is free and serves the queue"

    closes(scene, kim, busy)
    (offer,) = kim.offers()
    assert offer["preview"] == AGAIN
    adds_up(scene)


def test_who_waits_for_a_busy_agent_alone_waits_for_everybody_after_half_a_minute() -> None:
    scene = scene_of()
    kim = scene.agent("kim")
    busy_with_another(scene, kim)
    writes(scene, NUMBER, AGAIN)

    scene.live(30)

    assert rows(scene) == ["main"]
    moved = [entry for entry in scene.timeline(scene.customer(NUMBER)) if entry.kind is Kind.MOVED]
    assert [entry.facts["reason"] for entry in moved] == ["alone_over"]
    adds_up(scene)


def test_a_queue_overflows_to_the_second_into_another_one() -> None:
    over = Queue("english", needs=(Need("english", 3),), overflow=Overflow("main", 90))
    scene = scene_of(replace(CENTRE, queues=(Queue("main"), over)))
    kim = scene.agent("kim")
    writes(scene, ENGLISH_NUMBER, ENGLISH_TEXT)

    scene.live(89)
    assert kim.offers() == []

    scene.live(1)
    (offer,) = kim.offers()
    made = next(entry for entry in scene.entries() if entry.kind is Kind.OFFER_MADE)
    assert (offer["queue"], int(str(made.facts["waited_ms"])) // 1000) == ("main", 90)
    adds_up(scene)


def test_who_waits_in_vain_is_counted_for_an_alarm_and_who_waits_for_a_ring_is_not() -> None:
    hard = Queue("english", needs=(Need("english", 5),))
    for queue, counted in ((ENGLISH, False), (hard, True)):
        scene = scene_of(replace(CENTRE, queues=(MAIN, queue)))
        scene.agent("kim").presence("break")
        writes(scene, ENGLISH_NUMBER, ENGLISH_TEXT)

        scene.live(61)

        assert bool(scene.world.meter.total("NobodyFits")) is counted
