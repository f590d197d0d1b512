"""The desk's API: what agents are told, what they may do, and in which words they are refused."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from functions import channels
from infra.twins.settings import FixedSettings
from shared.domain.change import Put
from shared.domain.errors import TryAgain
from shared.domain.routing.staff import Presence
from shared.domain.session.socket import Ticket, ticket_digest
from shared.domain.template import Template
from shared.domain.timeline.entry import Delivery, Kind
from shared.edge import wiring
from tests.support.rule_scene import NUMBER, VISITOR, RuleScene
from tests.support.staff import Browser

KEY = "key-0001"


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("DESK_SOCKET_WSS", "wss://desk.example.test/live")
    made = RuleScene()
    wiring.use(made.world.ports())
    yield made


@pytest.fixture
def page(scene: RuleScene) -> Browser:
    return Browser()


def test_a_new_agent_sees_an_empty_desk_and_is_offline(page: Browser) -> None:
    told = page.get("/me")

    assert told.status == 200
    assert told.body["agent"] == {
        "id": "one",
        "name": "Agent One",
        "groups": ["agent"],
        "language": "",
        "presence": "offline",
        "routing_status": "off_queue",
        "capacity": {
            "used": 0,
            "full": 15,
            "shares": [{"kind": kind, "used": 0, "most": 3} for kind in ("chats", "emails")],
        },
        "version": 1,
        "reason": "",
        "draining": False,
    }
    assert (told.body["offers"], told.body["cases"], told.body["waiting"]) == ([], [], {})
    assert told.body["survey"] == {"scale": 5}
    assert told.body["dispositions"][0]["label_ko"] == "해결됨"


def test_who_waits_is_counted_by_queue(scene: RuleScene, page: Browser) -> None:
    scene.sms("one")
    scene.sms("two", number="+821012345679")

    assert page.get("/me").body["waiting"] == {"main": 2}


def test_an_agent_goes_available_and_is_idle(page: Browser) -> None:
    page.get("/me")

    told = page.put("/me/presence", {"presence": "available"})

    assert (told.status, told.body["agent"]["routing_status"]) == (200, "idle")


def test_a_presence_nobody_knows_is_malformed(page: Browser) -> None:
    page.get("/me")

    told = page.put("/me/presence", {"presence": "asleep"})

    assert (told.status, told.code) == (400, "malformed")


def test_an_offer_shows_who_asks_and_for_how_long(scene: RuleScene, page: Browser) -> None:
    scene.sms("Where is my parcel?")
    scene.hire()
    scene.world.clock.advance(5)
    scene.assign()

    (offer,) = page.get("/me").body["offers"]

    assert offer["preview"] == "Where is my parcel?"
    assert offer["customer_name"] == "010-1234-5678"
    assert (offer["channel"], offer["queue"], offer["reason"]) == ("sms", "main", "only")
    assert offer["waiting_since"] == "2026-01-05T09:00:00.000Z"
    assert offer["until"] == "2026-01-05T09:00:35.000Z"


def test_accepting_gives_the_case_and_accepting_again_the_same(scene: RuleScene, page: Browser) -> None:
    scene.sms("Hello")
    scene.hire()
    scene.assign()
    (offer_id,) = scene.offers()

    first, again = (page.post(f"/offers/{offer_id}/accept") for _ in range(2))

    assert first.status == again.status == 200
    assert (
        first.body
        == again.body
        == {
            "case_id": scene.head().cases[0].id,
            "customer_id": scene.head().customer_id,
        }
    )
    assert len(scene.entries(Kind.ASSIGNED)) == 1


def test_an_offer_that_ended_is_gone(scene: RuleScene, page: Browser) -> None:
    scene.sms("Hello")
    scene.hire()
    scene.assign()
    (offer_id,) = scene.offers()
    assert page.post(f"/offers/{offer_id}/decline").body == {}

    told = page.post(f"/offers/{offer_id}/accept")

    assert (told.status, told.code) == (409, "offer_gone")


def test_a_case_shows_what_was_said_last_and_how_much_is_unread(scene: RuleScene, page: Browser) -> None:
    case = scene.taken("Hello")
    scene.says("Hi")
    scene.world.clock.advance(60)
    scene.sms("Are you there?")
    scene.sms("Please!")

    (item,) = page.get("/me").body["cases"]

    assert (item["case_id"], item["state"]) == (case.id, "owned")
    assert (item["last_text"], item["last_from"], item["unread"]) == ("Please!", "customer", 2)
    assert item["last_at"] == "2026-01-05T09:01:00.000Z"


def test_a_reply_is_queued_and_its_key_makes_it_one(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()
    body = {"key": KEY, "customer_id": case.member, "channel": "sms", "text": "On its way", "version": 3}

    first, again = (page.post(f"/cases/{case.id}/replies", body) for _ in range(2))

    assert first.status == again.status == 202
    assert first.body == again.body
    entry = first.body["entry"]
    assert (entry["text"], entry["actor"], entry["actor_name"]) == ("On its way", "agent:one", "Agent One")
    assert (entry["delivery"], entry["audience"], entry["seq"]) == ("queued", "customer", 4)
    assert len(scene.entries(Kind.MESSAGE_SENT)) == 1


def test_a_reply_to_somebody_elses_case_is_refused_in_the_readers_language(scene: RuleScene) -> None:
    case = scene.taken()
    body = {"key": KEY, "customer_id": case.member, "channel": "sms", "text": "Hi"}

    told = Browser(sub="two", language="ko-KR,ko;q=0.9").post(f"/cases/{case.id}/replies", body)

    assert (told.status, told.code) == (409, "not_owner")
    assert told.body["error"]["message"] == "이 케이스는 현재 담당이 아닙니다."


def test_an_opted_out_number_is_refused_with_the_reason(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()
    scene.sms("STOP")
    body = {"key": KEY, "customer_id": case.member, "channel": "sms", "text": "Hi"}

    told = page.post(f"/cases/{case.id}/replies", body)

    assert (told.status, told.code) == (422, "opted_out")


@pytest.mark.parametrize("key", ["", "short", "with space 1", "x" * 65])
def test_a_key_that_is_none_is_malformed(scene: RuleScene, page: Browser, key: str) -> None:
    case = scene.taken()
    body = {"key": key, "customer_id": case.member, "channel": "sms", "text": "Hi"}

    assert page.post(f"/cases/{case.id}/replies", body).status == 400


@pytest.mark.parametrize("body", ["", "{", "[]", '{"key": 1}', "null", '{"key": "key-0001"}'])
def test_a_body_that_is_no_reply_is_malformed(scene: RuleScene, page: Browser, body: str) -> None:
    case = scene.taken()

    told = page.ask("POST", f"/cases/{case.id}/replies", body)

    assert (told.status, told.code) == (400, "malformed")


def test_a_note_is_for_staff_alone(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()

    told = page.post(f"/cases/{case.id}/notes", {"key": KEY, "customer_id": case.member, "text": "VIP"})

    assert told.status == 200
    assert (told.body["entry"]["kind"], told.body["entry"]["audience"]) == ("note_added", "staff")


def test_closing_with_a_note_twice_closes_once_with_one_note(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()
    body = {"key": KEY, "customer_id": case.member, "disposition": "solved", "note": "Refunded"}

    answers = [page.post(f"/cases/{case.id}/close", body).status for _ in range(2)]

    assert answers == [200, 200]
    assert [e.kind for e in scene.entries()][-2:] == [Kind.NOTE_ADDED, Kind.CASE_CLOSED]
    assert page.get("/me").body["cases"] == []


def test_an_outcome_the_centre_does_not_have_is_refused(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()
    body = {"key": KEY, "customer_id": case.member, "disposition": "vanished", "note": "Refunded"}
    before = dict(scene.world.store.items)

    told = page.post(f"/cases/{case.id}/close", body)

    assert (told.status, told.code) == (400, "unknown_disposition")
    assert scene.world.store.items == before
    assert page.post(f"/cases/{case.id}/close", body | {"disposition": "solved"}).status == 200
    assert [e.kind for e in scene.entries()][-2:] == [Kind.NOTE_ADDED, Kind.CASE_CLOSED]


def test_a_proof_asked_for_twice_is_one_code(scene: RuleScene, page: Browser) -> None:
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    body = {"key": KEY, "customer_id": scene.visitor_head().customer_id, "phone": "010-1234-5678"}

    first, again = (page.post(f"/cases/{case_id}/proofs", body) for _ in range(2))

    assert first.status == again.status == 202
    assert first.body == again.body == {"address": "010-1234-5678", "until": "2026-01-05T09:05:00.000Z"}
    assert len(scene.entries(Kind.CODE_SENT)) == 1


def test_the_card_shows_addresses_cases_and_ways_to_answer(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()

    card = page.get(f"/customers/{case.member}").body

    assert card["name"] == "010-1234-5678"
    assert card["addresses"] == [
        {
            "kind": "phone",
            "value": NUMBER,
            "display": "010-1234-5678",
            "strength": "proven",
            "evidence": "arrived",
            "reachable": True,
            "stopped": "",
            "channels": ["sms", "voice"],
        }
    ]
    assert card["reply_channels"] == [
        {
            "channel": "sms",
            "address": f"phone:{NUMBER}",
            "display": "010-1234-5678",
            "allowed": True,
            "reason": "",
            "last": True,
            "window": "open",
            "until": None,
            "to": "",
            "cc": [],
            "subject": "",
        }
    ]
    (shown,) = card["cases"]
    assert (shown["state"], shown["owner"], shown["owner_name"]) == ("owned", "one", "Agent One")
    assert (shown["interactions"][0]["channel"], shown["closed_at"]) == ("sms", None)


def test_a_customer_nobody_knows_is_not_found(page: Browser) -> None:
    told = page.get("/customers/nobody")

    assert (told.status, told.code) == (404, "no_customer")


def test_the_timeline_after_n_names_who_said_it(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()
    scene.says("Hi")

    told = page.get(f"/customers/{case.member}/entries", after="2").body

    assert [(e["seq"], e["kind"]) for e in told["items"]] == [(3, "assigned"), (4, "message_sent")]
    assert told["items"][1]["actor_name"] == "Agent One"
    assert told["next"] is None


@pytest.mark.parametrize("after", ["-1", "x", "1e3", "٣"])
def test_after_what_is_no_number_is_malformed(scene: RuleScene, page: Browser, after: str) -> None:
    case = scene.taken()

    assert page.get(f"/customers/{case.member}/entries", after=after).status == 400


def test_a_socket_ticket_is_this_agents_and_lives_half_a_minute(scene: RuleScene, page: Browser) -> None:
    told = page.post("/socket-ticket").body

    kept = scene.get(Ticket, ticket_digest(told["ticket"]))
    assert (kept.person, told["url"], told["expires_in"]) == ("agent:one", "wss://desk.example.test/live", 30)
    assert told["ticket"] not in str(scene.world.store.items)


def test_a_supervisor_without_the_agents_group_looks_but_takes_no_work(scene: RuleScene) -> None:
    page = Browser(sub="boss", groups="supervisor")
    scene.sms("Hello")
    customer = scene.head().customer_id

    assert page.get("/me").body["agent"]["presence"] == "offline"
    assert page.get(f"/customers/{customer}").status == 200
    assert page.put("/me/presence", {"presence": "available"}).code == "forbidden"


def test_an_auditor_sees_no_customer(scene: RuleScene) -> None:
    scene.sms("Hello")
    told = Browser(sub="eye", groups="auditor").get(f"/customers/{scene.head().customer_id}")

    assert (told.status, told.code) == (403, "forbidden")


def test_who_is_not_logged_in_is_told_so(scene: RuleScene) -> None:
    told = Browser(sub="").get("/me")

    assert (told.status, told.code) == (401, "signed_out")


def test_a_table_that_does_not_answer_is_for_later(scene: RuleScene, page: Browser) -> None:
    def fail(writes: object) -> None:
        raise TryAgain("the table did not answer")

    scene.world.store.before_commit = fail

    told = page.get("/me")

    assert (told.status, told.code) == (503, "try_again")


def test_a_bug_is_told_by_its_number_alone(scene: RuleScene, page: Browser, log: io.StringIO) -> None:
    def fail(writes: object) -> None:
        raise ZeroDivisionError("a secret detail")

    scene.world.store.before_commit = fail

    told = page.get("/me")

    assert (told.status, told.code) == (500, "bug")
    assert "request-1" in told.body["error"]["message"]
    assert "secret" not in json.dumps(told.body)
    assert "ZeroDivisionError" in log.getvalue()
    assert "secret" not in log.getvalue()  # its words may be a customer's


def test_an_unknown_method_is_refused_in_our_words(page: Browser) -> None:
    told = page.ask("PATCH", "/me", None)

    assert (told.status, told.code) == (405, "method")


def test_withheld_numbers_are_named_as_such(scene: RuleScene, page: Browser) -> None:
    scene.sms("Guess who", number="anonymous")
    scene.hire()
    scene.assign()

    assert page.get("/me").body["offers"][0]["customer_name"] == "Withheld number"
    assert Browser(language="ko").get("/me").body["offers"][0]["customer_name"] == "발신번호 표시제한"


def test_offline_gives_the_case_back(scene: RuleScene, page: Browser) -> None:
    scene.taken()

    told = page.put("/me/presence", {"presence": Presence.OFFLINE})

    assert told.body["agent"]["capacity"]["used"] == 0
    assert page.get("/me").body["waiting"] == {"main": 1}


def test_answers_are_not_kept_by_caches(page: Browser) -> None:
    assert page.get("/me").headers["Cache-Control"] == "no-store"


def test_the_pages_learn_the_channels_from_what_each_channel_says_of_itself(page: Browser) -> None:
    told = {one["name"]: one for one in page.get("/me").body["channels"]}

    assert set(told) == set(channels.names())
    for name, one in told.items():
        traits = channels.load(name).traits
        assert one["word"] == {"en": traits.word_en, "ko": traits.word_ko}
        assert (one["text_limit"], one["text_unit"], one["live"]) == (
            traits.text_limit,
            traits.text_unit,
            traits.live,
        )
        assert (one["colours"]["light"], one["colours"]["dark"]) == traits.colours


def test_a_failed_message_shows_its_reason(scene: RuleScene, page: Browser) -> None:
    case = scene.taken()
    entry = scene.says("Hi")
    failed = replace(entry, delivery=Delivery.FAILED, delivery_reason="unreachable", version=2)
    scene.world.store.commit(Put(failed, over=entry.version))

    shown = page.get(f"/customers/{case.member}/entries", after="3").body["items"][0]

    assert (shown["delivery"], shown["delivery_reason"]) == ("failed", "unreachable")


def test_a_visitor_is_called_by_the_end_of_their_id(scene: RuleScene, page: Browser) -> None:
    scene.chat("Hello")

    card = page.get(f"/customers/{scene.visitor_head().customer_id}").body

    assert card["name"] == f"Web visitor {VISITOR[-4:]}"


def test_the_desk_is_told_what_follows_from_each_kind_of_entry(scene: RuleScene, page: Browser) -> None:
    told = page.get("/me").body["kinds"]

    assert set(told) == {str(kind) for kind in Kind}
    assert told["case_closed"] == {"icon": "done", "changes_card": True}


def test_names_of_three_thousand_characters_are_malformed_wherever_they_stand(
    scene: RuleScene, page: Browser
) -> None:
    case = scene.taken()
    long = "x" * 3000
    asked = [
        page.get(f"/customers/{long}"),
        page.get(f"/customers/{long}/entries"),
        page.post(f"/offers/{long}/accept"),
        page.post(f"/cases/{long}/notes", {"key": KEY, "customer_id": case.member, "text": "hi"}),
        page.post(f"/cases/{case.id}/notes", {"key": KEY, "customer_id": long, "text": "hi"}),
        page.post(
            f"/cases/{case.id}/replies",
            {
                "key": KEY,
                "customer_id": case.member,
                "channel": "sms",
                "address": f"phone:{long}",
                "text": "hi",
            },
        ),
        page.post(f"/cases/{case.id}/notes", {"key": KEY, "customer_id": case.member, "text": "x" * 66_000}),
    ]

    assert {(told.status, told.code) for told in asked} == {(400, "malformed")}


def test_a_refused_look_at_a_customer_leaves_no_line(scene: RuleScene, page: Browser) -> None:
    scene.sms("Hello")
    scene.hire()
    before = dict(scene.world.store.items)

    told = page.get(f"/customers/{scene.head().customer_id}/entries", after="-1")

    assert (told.status, told.code) == (400, "malformed")
    assert scene.world.store.items == before


@pytest.mark.parametrize("path", ["/me", "/customers/C1", "/customers/C1/entries", "/session"])
def test_two_hundred_parameters_are_malformed(path: str, page: Browser) -> None:
    method = "DELETE" if path == "/session" else "GET"

    told = page.ask(method, path, None, **{f"p{i}": "1" for i in range(200)})

    assert (told.status, told.code) == (400, "malformed")


@pytest.mark.parametrize("use", ["access", "", "refresh"])
def test_only_an_id_token_says_who_asks(use: str, scene: RuleScene) -> None:
    told = Browser(use=use).get("/me")

    assert (told.status, told.code) == (401, "signed_out")


def test_the_desk_is_told_the_templates_in_force(scene: RuleScene, page: Browser) -> None:
    scene.hire()
    template = Template("pager", "order", "ko", "utility", "{{1}}", ("number",))
    assert page.get("/me").body["templates"] == []

    scene.world.settings = FixedSettings(templates=[template])
    wiring.use(scene.world.ports())

    (told,) = page.get("/me").body["templates"]
    assert (told["channel"], told["text"], told["parameters"]) == ("pager", "{{1}}", ["number"])


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T10:00", ""]
)
def test_a_call_at_a_moment_that_no_calendar_has_is_not_understood(
    scene: RuleScene, page: Browser, at: str
) -> None:
    case = scene.taken()
    asked = {"key": KEY, "customer_id": case.member, "phone": NUMBER, "at": at}

    told = page.post(f"/cases/{case.id}/callback", asked)

    assert (told.status, told.code) == (400, "malformed")
