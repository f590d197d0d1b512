"""What we rely on of each service, asked of moto, of the embedded AWS and of the stepper's own model.

A ground that is known to lie stands in LIES with the reason; there the check must fail, so that a ground
that was mended is noticed and its line goes.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.local.stepper.stream import record
from infra.twins.clock import START
from infra.twins.store import MemoryStore
from shared.domain.change import ABSENT, Put
from shared.domain.customer.evidence import Profile
from shared.domain.errors import Conflict
from tests.conformance.conftest import Enter
from tests.support.rooms import Room

EVERYWHERE = ("moto", "embedded", "stepper")
ON_AWS = ("moto", "embedded")
# moto's rules want jsonpath-ng, which nothing else of ours needs: rules are asked of the others only
RULES = ("embedded", "stepper")

LIES = {
    ("moto", "a_group_keeps_its_order_after_a_timeout"): "what comes again is put behind what did not",
    ("moto", "an_id_is_remembered_after_its_message_is_gone"): "it looks only at what still lies there",
    ("moto", "an_id_counts_for_its_group_alone"): "DeduplicationScope is ignored",
    ("moto", "an_outdated_handle_deletes_nothing"): "any handle a message ever had deletes it",
    ("moto", "a_token_makes_twice_once"): "ClientRequestToken is ignored",
    ("moto", "a_token_is_for_one_request"): "ClientRequestToken is ignored",
    ("moto", "an_update_that_makes_an_item_tells_it_once"): "in a transaction it tells an INSERT twice",
    ("moto", "a_write_that_changes_nothing_leaves_no_record"): "it tells a MODIFY",
    ("embedded", "an_event_keeps_the_time_it_was_given"): "it bears the time it came; ours is in the detail",
    ("embedded", "an_event_for_no_bus_is_refused"): "an unknown bus is taken",
    ("embedded", "a_detail_that_is_no_json_is_refused"): "any text is taken",
}


# ---------------------------------------------------------------------- SQS


def send(room: Room, url: str, *bodies: str, group: str = "", **more: Any) -> None:
    for body in bodies:
        ids = {"MessageGroupId": group, "MessageDeduplicationId": body} if group else {}
        room.sqs.send_message(QueueUrl=url, MessageBody=body, **(ids | more))


def take(room: Room, url: str, most: int = 10, **more: Any) -> list[Any]:
    asked = {"AttributeNames": ["All"], "MaxNumberOfMessages": most, "WaitTimeSeconds": 0}
    return list(room.sqs.receive_message(QueueUrl=url, **(asked | more)).get("Messages", ()))


def bodies(messages: list[Any]) -> list[str]:
    return [message["Body"] for message in messages]


def a_group_comes_in_its_order(room: Room) -> None:
    url = room.queue("q", fifo=True)
    send(room, url, "1", "2", "3", group="g")

    assert bodies(take(room, url)) == ["1", "2", "3"]


def a_group_waits_while_one_of_it_is_out(room: Room) -> None:
    url = room.queue("q", fifo=True)
    send(room, url, "1", "2", group="g")
    send(room, url, "3", group="h")

    assert bodies(take(room, url, most=1)) == ["1"]
    assert bodies(take(room, url)) == ["3"]


def a_group_keeps_its_order_after_a_timeout(room: Room) -> None:
    url = room.queue("q", fifo=True)
    send(room, url, "1", "2", "3", group="g")
    take(room, url, most=2, VisibilityTimeout=1)

    assert bodies(room.soon(lambda: take(room, url))) == ["1", "2", "3"]


def an_id_within_five_minutes_is_one_message(room: Room) -> None:
    url = room.queue("q", fifo=True)
    send(room, url, "1", "1", group="g")

    assert bodies(take(room, url)) == ["1"]


def an_id_counts_for_its_group_alone(room: Room) -> None:
    url = room.queue("q", fifo=True)
    send(room, url, "1", group="g")
    send(room, url, "1", group="h")

    assert bodies(take(room, url)) == ["1", "1"]


def an_id_is_remembered_after_its_message_is_gone(room: Room) -> None:
    url = room.queue("q", fifo=True)
    send(room, url, "1", group="g")
    (message,) = take(room, url)
    room.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    send(room, url, "1", group="g")

    assert take(room, url) == []


def what_was_received_too_often_goes_to_the_dead_letters(room: Room) -> None:
    dead = room.queue("dead")
    url = room.queue("q", dead=dead, receives=2)
    send(room, url, "1")
    take(room, url, VisibilityTimeout=0)
    take(room, url, VisibilityTimeout=0)

    assert take(room, url) == []
    assert bodies(take(room, dead)) == ["1"]


def a_dead_letter_keeps_its_group_and_lets_the_next_one_through(room: Room) -> None:
    dead = room.queue("dead", fifo=True)
    url = room.queue("q", fifo=True, dead=dead, receives=1)
    send(room, url, "1", "2", group="g")
    take(room, url, most=1, VisibilityTimeout=0)

    assert bodies(take(room, url, most=1) or take(room, url, most=1)) == ["2"]
    (lost,) = take(room, dead)
    assert (lost["Body"], lost["Attributes"]["MessageGroupId"]) == ("1", "g")


def each_receive_is_counted(room: Room) -> None:
    url = room.queue("q")
    send(room, url, "1")
    take(room, url, VisibilityTimeout=0)
    (message,) = take(room, url)

    assert message["Attributes"]["ApproximateReceiveCount"] == "2"
    assert int(message["Attributes"]["SentTimestamp"]) > 1_600_000_000_000


def a_delayed_message_comes_later(room: Room) -> None:
    """Two are put off: one comes, and the other, sent before it, is still not there."""
    url = room.queue("q")
    send(room, url, "late", DelaySeconds=900)
    send(room, url, "soon", DelaySeconds=1)

    assert bodies(room.soon(lambda: take(room, url))) == ["soon"]


def a_message_can_be_given_back_at_once(room: Room) -> None:
    url = room.queue("q")
    send(room, url, "1")
    (message,) = take(room, url)
    entry = {"Id": "0", "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
    room.sqs.change_message_visibility_batch(QueueUrl=url, Entries=[entry])

    assert bodies(take(room, url)) == ["1"]


def an_outdated_handle_deletes_nothing(room: Room) -> None:
    url = room.queue("q")
    send(room, url, "1")
    (first,) = take(room, url, VisibilityTimeout=0)
    take(room, url, VisibilityTimeout=0)
    with suppress(ClientError):  # or it is told so
        room.sqs.delete_message(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"])

    assert bodies(take(room, url)) == ["1"]


def eleven_at_once_are_refused(room: Room) -> None:
    url = room.queue("q")
    entries = [{"Id": str(n), "MessageBody": "x"} for n in range(11)]

    with refused():
        room.sqs.send_message_batch(QueueUrl=url, Entries=entries)


def refused() -> Any:
    return pytest.raises(ClientError)


# ---------------------------------------------------------------------- DynamoDB and its stream


def put(room: Room, sk: str, n: int = 1, **more: Any) -> dict[str, Any]:
    item = {"pk": {"S": "P"}, "sk": {"S": sk}, "n": {"N": str(n)}}
    return {"TableName": room.table(), "Item": item, **more}


NEW: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}


def item(room: Room, sk: str) -> Any:
    found = room.client("dynamodb").get_item(
        TableName=room.table(), Key={"pk": {"S": "P"}, "sk": {"S": sk}}, ConsistentRead=True
    )
    return found.get("Item", {}).get("n", {}).get("N")


def a_condition_that_fails_writes_nothing(room: Room) -> None:
    table = room.client("dynamodb")
    table.put_item(**put(room, "A", 1, **NEW))

    with pytest.raises(table.exceptions.ConditionalCheckFailedException):
        table.put_item(**put(room, "A", 2, **NEW))
    assert item(room, "A") == "1"


def transact(room: Room, *puts: dict[str, Any], **more: Any) -> None:
    room.client("dynamodb").transact_write_items(TransactItems=[{"Put": p} for p in puts], **more)


def a_transaction_is_all_or_nothing(room: Room) -> None:
    transact(room, put(room, "A", 1, **NEW))

    with refused():
        transact(room, put(room, "B", **NEW), put(room, "A", 2, **NEW))
    assert (item(room, "A"), item(room, "B")) == ("1", None)


def each_position_tells_why_it_failed(room: Room) -> None:
    transact(room, put(room, "A", 1, **NEW))

    with pytest.raises(ClientError) as caught:
        transact(room, put(room, "B", **NEW), put(room, "A", 2, **NEW), put(room, "C"))
    reasons: Any = caught.value.response["CancellationReasons"]
    assert [reason.get("Code") for reason in reasons] == ["None", "ConditionalCheckFailed", "None"]


def an_item_twice_in_a_transaction_is_refused(room: Room) -> None:
    with refused():
        transact(room, put(room, "A", 1), put(room, "A", 2))


def add(room: Room, token: str, amount: int) -> None:
    update = {
        "TableName": room.table(), "Key": {"pk": {"S": "P"}, "sk": {"S": "SUM"}},
        "UpdateExpression": "ADD n :n", "ExpressionAttributeValues": {":n": {"N": str(amount)}},
    }  # fmt: skip
    room.client("dynamodb").transact_write_items(
        TransactItems=[{"Update": update}], ClientRequestToken=f"{token}-{room.number}"
    )


def a_token_makes_twice_once(room: Room) -> None:
    add(room, "token", 1)
    add(room, "token", 1)

    assert item(room, "SUM") == "1"


def a_token_is_for_one_request(room: Room) -> None:
    add(room, "token", 1)

    with refused():
        add(room, "token", 2)


def a_record_has_both_images_and_the_keys(room: Room) -> None:
    table = room.client("dynamodb")
    table.put_item(**put(room, "A", 1))
    table.put_item(**put(room, "A", 2))

    first, second = told(room)
    assert first == ("INSERT", "A", None, "1")
    assert second == ("MODIFY", "A", "1", "2")


def a_transaction_tells_each_item_once(room: Room) -> None:
    transact(room, put(room, "A"), put(room, "B"))

    assert sorted(told(room)) == [("INSERT", "A", None, "1"), ("INSERT", "B", None, "1")]


def a_transaction_that_failed_leaves_no_record(room: Room) -> None:
    transact(room, put(room, "A"))
    with refused():
        transact(room, put(room, "B", **NEW), put(room, "A", 2, **NEW))

    assert [line[1] for line in told(room)] == ["A"]


def an_update_that_makes_an_item_tells_it_once(room: Room) -> None:
    add(room, "token", 1)

    assert told(room) == [("INSERT", "SUM", None, "1")]


def a_write_that_changes_nothing_leaves_no_record(room: Room) -> None:
    table = room.client("dynamodb")
    table.put_item(**put(room, "A", 1))
    table.put_item(**put(room, "A", 1))

    assert len(told(room)) == 1


def told(room: Room) -> list[tuple[str, str, str | None, str | None]]:
    """(event, sk, n before, n after) of the stream's records."""
    return [
        (r["eventName"], r["dynamodb"]["Keys"]["sk"]["S"], n(r, "OldImage"), n(r, "NewImage"))
        for r in room.records()
    ]


def n(record: Any, image: str) -> str | None:
    found = record["dynamodb"].get(image)
    return found.get("n", {}).get("N") if found else None


# ---------------------------------------------------------------------- EventBridge

FACT = {"source": ["patchbay"], "detail-type": ["CaseClosed"]}
MARKER = "Marker"


def announce(room: Room, bus: str, name: str = "CaseClosed", source: str = "patchbay", **detail: Any) -> Any:
    line = {"EventBusName": bus, "Source": source, "DetailType": name, "Detail": json.dumps(detail),
            "Time": START}  # fmt: skip
    return room.events.put_events(Entries=[line])


def through(room: Room, bus: str, url: str) -> list[Any]:
    """What came through, up to a marker that is announced last: after it, nothing is only late."""
    room.rule(json.dumps({"detail-type": [MARKER]}), url, "marker")
    announce(room, bus, MARKER)
    came: list[Any] = []

    def marked() -> bool:
        came.extend(json.loads(body) for body in bodies(take(room, url)))
        return any(event["detail-type"] == MARKER for event in came)

    room.soon(marked)
    return [event for event in came if event["detail-type"] != MARKER]


def a_rule_lets_its_events_through_whole(room: Room) -> None:
    url = room.queue("q")
    bus = room.rule(json.dumps(FACT), url)
    announce(room, bus, case_id="K1", n=3)

    (event,) = through(room, bus, url)
    assert event["detail"] == {"case_id": "K1", "n": 3}
    assert (event["source"], event["detail-type"]) == ("patchbay", "CaseClosed")


def an_event_keeps_the_time_it_was_given(room: Room) -> None:
    url = room.queue("q")
    bus = room.rule(json.dumps(FACT), url)
    announce(room, bus)

    assert through(room, bus, url)[0]["time"] == "2026-01-05T09:00:00Z"


def a_rule_lets_no_other_through(room: Room) -> None:
    url = room.queue("q")
    bus = room.rule(json.dumps(FACT), url)
    announce(room, bus, "CaseOpened")
    announce(room, bus, source="somebody")

    assert through(room, bus, url) == []


def every_form_of_pattern_means_the_same(room: Room) -> None:
    url = room.queue("q")
    for number, (pattern, yes, no) in enumerate(FORMS):
        bus = room.rule(json.dumps(FACT | {"detail": pattern}), url, f"rule-{number}")
        announce(room, bus, **yes)
        assert [event["detail"] for event in through(room, bus, url)] == [yes], pattern
        announce(room, bus, **no)
        assert through(room, bus, url) == [], (pattern, no)
        off(room, bus, f"rule-{number}")


FORMS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({"a": ["x", "y"]}, {"a": "y"}, {"a": "z"}),
    ({"a": [{"prefix": "x"}]}, {"a": "xy"}, {"a": "yx"}),
    ({"a": [{"suffix": "x"}]}, {"a": "yx"}, {"a": "xy"}),
    ({"a": [{"anything-but": ["x"]}]}, {"a": "y"}, {"a": "x"}),
    ({"a": [{"exists": True}]}, {"a": 1}, {"b": 1}),
    ({"a": [{"exists": False}]}, {"b": 1}, {"a": 1}),
    ({"a": [{"numeric": [">", 1, "<=", 3]}]}, {"a": 3}, {"a": 1}),
    ({"a": [{"equals-ignore-case": "X"}]}, {"a": "x"}, {"a": "y"}),
    ({"a": {"b": [True]}}, {"a": {"b": True}}, {"a": {"b": False}}),
    ({"a": ["x"]}, {"a": ["w", "x"]}, {"a": ["w"]}),
    ({"$or": [{"a": [1]}, {"b": [2]}]}, {"b": 2}, {"a": 2, "b": 1}),
]


def off(room: Room, bus: str, rule: str) -> None:
    if room.ground == "stepper":
        room.events.rules.pop(rule)
    else:
        room.events.remove_targets(Rule=rule, EventBusName=bus, Ids=["q"])


def an_event_bears_its_account(room: Room) -> None:
    url = room.queue("q")
    bus = room.rule(json.dumps(FACT), url)
    announce(room, bus)

    (event,) = through(room, bus, url)
    assert {"account", "region", "id", "version", "resources"} <= set(event)


def a_rule_that_is_off_lets_nothing_through(room: Room) -> None:
    url = room.queue("q")
    bus = room.rule(json.dumps(FACT), url)
    room.events.disable_rule(Name="rule", EventBusName=bus)
    announce(room, bus)

    assert through(room, bus, url) == []


def an_event_for_no_bus_is_refused(room: Room) -> None:
    try:
        assert announce(room, "nowhere")["FailedEntryCount"] == 1
    except ClientError:
        return


def a_detail_that_is_no_json_is_refused(room: Room) -> None:
    bus = room.rule(json.dumps(FACT), room.queue("q"))
    line = {"EventBusName": bus, "Source": "patchbay", "DetailType": "CaseClosed", "Detail": "{no"}

    assert room.events.put_events(Entries=[line])["FailedEntryCount"] == 1


# ---------------------------------------------------------------------- who is asked what

Check = Callable[[Room], None]
CHECKS: dict[Check, tuple[str, ...]] = {
    a_group_comes_in_its_order: EVERYWHERE,
    a_group_waits_while_one_of_it_is_out: EVERYWHERE,
    a_group_keeps_its_order_after_a_timeout: EVERYWHERE,
    an_id_within_five_minutes_is_one_message: EVERYWHERE,
    an_id_counts_for_its_group_alone: EVERYWHERE,
    an_id_is_remembered_after_its_message_is_gone: EVERYWHERE,
    what_was_received_too_often_goes_to_the_dead_letters: EVERYWHERE,
    a_dead_letter_keeps_its_group_and_lets_the_next_one_through: EVERYWHERE,
    each_receive_is_counted: EVERYWHERE,
    a_delayed_message_comes_later: EVERYWHERE,
    a_message_can_be_given_back_at_once: EVERYWHERE,
    an_outdated_handle_deletes_nothing: EVERYWHERE,
    eleven_at_once_are_refused: EVERYWHERE,
    a_condition_that_fails_writes_nothing: ON_AWS,
    a_transaction_is_all_or_nothing: ON_AWS,
    each_position_tells_why_it_failed: ON_AWS,
    an_item_twice_in_a_transaction_is_refused: ON_AWS,
    a_token_makes_twice_once: ON_AWS,
    a_token_is_for_one_request: ON_AWS,
    a_record_has_both_images_and_the_keys: ON_AWS,
    a_transaction_tells_each_item_once: ON_AWS,
    a_transaction_that_failed_leaves_no_record: ON_AWS,
    an_update_that_makes_an_item_tells_it_once: ON_AWS,
    a_write_that_changes_nothing_leaves_no_record: ON_AWS,
    a_rule_lets_its_events_through_whole: RULES,
    an_event_keeps_the_time_it_was_given: RULES,
    a_rule_lets_no_other_through: RULES,
    every_form_of_pattern_means_the_same: RULES,
    an_event_bears_its_account: RULES,
    a_rule_that_is_off_lets_nothing_through: ("embedded",),
    an_event_for_no_bus_is_refused: ON_AWS,
    a_detail_that_is_no_json_is_refused: ON_AWS,
}
CASES = [
    pytest.param(ground, check, id=f"{ground}-{check.__name__}",
                 marks=[pytest.mark.embedded] if ground == "embedded" else [])
    for check, grounds in CHECKS.items() for ground in grounds
]  # fmt: skip


@pytest.mark.parametrize(("ground", "check"), CASES)
def test_a_service_does_what_we_rely_on(ground: str, check: Check, enter: Enter) -> None:
    room = enter(ground)
    lie = LIES.get((ground, check.__name__))

    if lie is None:
        check(room)
        return
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(room)


def test_every_lie_is_about_a_check_that_is_made() -> None:
    made = {(ground, check.__name__) for check, grounds in CHECKS.items() for ground in grounds}

    assert set(LIES) <= made


# ---------------------------------------------------------------------- the stepper's stream


def test_the_steppers_stream_tells_what_was_committed_and_nothing_else() -> None:
    store = MemoryStore()
    store.commit(Put(Profile("C1", "one")))
    with pytest.raises(Conflict):
        store.commit(Put(Profile("C2"), ABSENT), Put(Profile("C1"), ABSENT))
    store.commit(Put(Profile("C1", "one"), over=1))
    store.commit(Put(Profile("C1", "two"), over=1))

    first, second = (record(i, written, START) for i, written in enumerate(store.changes))

    assert (first["eventName"], second["eventName"]) == ("INSERT", "MODIFY")
    assert first["dynamodb"]["Keys"] == {"pk": {"S": "CUST#C1"}, "sk": {"S": "PROFILE"}}
    assert "OldImage" not in first["dynamodb"]
    assert second["dynamodb"]["OldImage"]["name"] == {"S": "one"}
    assert second["dynamodb"]["NewImage"]["name"] == {"S": "two"}
