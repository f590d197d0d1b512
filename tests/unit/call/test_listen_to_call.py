"""A supervisor in a call: why is on record, and whoever listens is a wish of the call."""

import pytest

from shared.domain.customer.call import LegRole, LegState
from shared.domain.errors import Malformed, Refused
from shared.domain.timeline.entry import Audience, Kind
from shared.use_cases.call.listen_to_call import ListenToCall
from tests.support.call_scene import CallScene


@pytest.fixture
def scene() -> CallScene:
    made = CallScene()
    made.talks()
    made.hire("boss")
    return made


def listens(
    scene: CallScene, how: str, why: str = "Coaching", key: str = "key-0001", who: str = "boss"
) -> None:
    case = scene.case()
    ListenToCall(*scene.needs)(who, case.member, case.id, how, why, key)


def refused(scene: CallScene, how: str, why: str = "Coaching", who: str = "boss") -> str:
    with pytest.raises(Refused) as caught:
        listens(scene, how, why, "key-0009", who)
    return caught.value.code


def test_a_supervisor_listens_and_the_record_says_why(scene: CallScene) -> None:
    listens(scene, "listen")

    assert scene.call().listeners == (("boss", "listen"),)
    (why,), (act,) = scene.entries(Kind.AUDITED), scene.entries(Kind.CALL_ACTED)
    assert (why.text, why.facts["action"], why.audience) == ("Coaching", "call_listen", Audience.STAFF)
    assert (act.facts, act.text, act.seq) == ({"act": "listen", "agent": "boss"}, "", why.seq + 1)
    assert why.actor == act.actor == "agent:boss"


def test_the_same_under_the_same_key_is_done_once(scene: CallScene) -> None:
    listens(scene, "listen")
    listens(scene, "listen")

    assert len(scene.entries(Kind.AUDITED)) == 1


def test_who_listens_may_whisper_and_join_and_stops_without_a_reason(scene: CallScene) -> None:
    for n, how in enumerate(("listen", "whisper", "join")):
        listens(scene, how, key=f"key-000{n}")
        assert scene.call().listeners == (("boss", how),)

    listens(scene, "stop", "", "key-0005")

    assert scene.call().listeners == ()


def test_a_supervisor_who_has_hung_up_may_listen_again(scene: CallScene) -> None:
    listens(scene, "listen")
    leg = scene.rings(scene.call(), "boss", LegRole.SUPERVISOR)
    scene.says_of(leg, LegState.TALKING, 2)
    scene.says_of(leg, LegState.ENDED, 3)

    listens(scene, "listen", key="key-0002")

    assert scene.call().listeners == (("boss", "listen"),) and scene.call().leg(leg.id) is None


def test_without_a_reason_nobody_listens(scene: CallScene) -> None:
    assert refused(scene, "listen", " ") == "empty"
    assert scene.call().listeners == () and not scene.entries(Kind.AUDITED)


def test_what_does_not_fit_is_refused_with_its_reason(scene: CallScene) -> None:
    scene.hire("mute", phone="")

    assert refused(scene, "stop") == "not_listening"
    assert refused(scene, "listen", who="one") == "own_call"
    assert refused(scene, "listen", who="mute") == "no_phone"
    listens(scene, "listen")
    assert refused(scene, "listen") == "listens_already"
    scene.caller_hangs_up()
    scene.says_of(scene.call().staff()[0], LegState.ENDED, 9)
    assert refused(scene, "whisper") == "no_call"


def test_a_way_that_nobody_knows_is_malformed(scene: CallScene) -> None:
    with pytest.raises(Malformed):
        listens(scene, "sing")
