"""Who is told of what: desks that watch, the owner's desk, and nobody else."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.change import ANY, Put
from shared.domain.session.socket import SocketOf, Watch
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.use_cases.desk.notify_desks import NotifyDesks
from tests.support.rule_scene import NUMBER, VISITOR, RuleScene


def watch(scene: RuleScene, connection: str, customer_id: str, agent_id: str = "two") -> None:
    scene.world.desk_sockets.open(connection)
    later = scene.world.clock() + timedelta(hours=2)
    scene.world.store.commit(Put(Watch(customer_id, connection, agent_id, later), over=ANY))


def open_desk(scene: RuleScene, connection: str, agent_id: str) -> None:
    scene.world.desk_sockets.open(connection)
    later = scene.world.clock() + timedelta(hours=2)
    scene.world.store.commit(Put(SocketOf(f"agent:{agent_id}", connection, later), over=ANY))


def notify(scene: RuleScene, *entries: Entry) -> int:
    return NotifyDesks(scene.world.store, scene.world.desk_sockets)(entries)


def told(scene: RuleScene, connection: str) -> list[str]:
    frames = scene.world.desk_sockets.frames[connection]
    return [frame["entry"]["kind"] if frame["type"] == "entry" else frame["type"] for frame in frames]


def test_each_watching_desk_gets_one_frame_and_others_none() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    watch(scene, "near", scene.head().customer_id)
    watch(scene, "far", "somebody-else")

    taken = notify(scene, *scene.entries())

    assert taken == 1
    assert (told(scene, "near"), told(scene, "far")) == (["message_received"], [])


def test_the_owner_is_told_while_looking_at_something_else() -> None:
    scene = RuleScene()
    scene.taken()
    open_desk(scene, "owner", "one")
    open_desk(scene, "idle", "two")

    scene.sms("One more thing")
    notify(scene, scene.entries(Kind.MESSAGE_RECEIVED)[-1])

    assert (told(scene, "owner"), told(scene, "idle")) == (["message_received"], [])


def test_an_owner_who_watches_gets_the_line_once() -> None:
    scene = RuleScene()
    scene.taken()
    open_desk(scene, "owner", "one")
    watch(scene, "owner", scene.head().customer_id, "one")

    scene.sms("One more thing")
    notify(scene, scene.entries(Kind.MESSAGE_RECEIVED)[-1])

    assert told(scene, "owner") == ["message_received"]


def test_an_offer_sends_its_agent_to_look_at_their_work() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    open_desk(scene, "desk", "one")
    scene.assign()

    notify(scene, *scene.entries(Kind.OFFER_MADE))

    assert told(scene, "desk") == ["work_changed"]


def test_those_who_watch_the_root_learn_of_its_new_member() -> None:
    scene = RuleScene()
    scene.sms("Hello", NUMBER)
    scene.chat("Hi", VISITOR)
    root = scene.head(NUMBER).customer_id
    watch(scene, "desk", root)

    scene.proves(NUMBER, VISITOR)
    merged = scene.entries(Kind.CUSTOMERS_MERGED)[-1]
    notify(scene, merged)

    assert merged.timeline == scene.owner(Address("visitor", VISITOR)).customer_id != root
    assert told(scene, "desk") == ["customers_merged"]


def test_a_connection_that_is_gone_gets_nothing_and_stops_nobody() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    customer_id = scene.head().customer_id
    watch(scene, "gone", customer_id)
    watch(scene, "there", customer_id)
    scene.world.desk_sockets.close("gone")

    assert notify(scene, *scene.entries()) == 1
    assert told(scene, "there") == ["message_received"]


def test_the_desk_that_wrote_a_reply_is_told_only_how_it_ended() -> None:
    scene = RuleScene()
    case = scene.taken()
    watch(scene, "mine", case.member, "one")
    watch(scene, "other", case.member, "two")
    sent = scene.answering().reply(
        "one", case.member, case.id, "sms", None, "On its way", "key-0001", origin="mine"
    )

    notify(scene, sent)
    notify(scene, replace(sent, delivery=Delivery.DELIVERED))

    assert told(scene, "mine") == ["message_sent"]
    assert told(scene, "other") == ["message_sent", "message_sent"]
