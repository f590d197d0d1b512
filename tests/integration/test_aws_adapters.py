"""The adapters against moto: one thread, small, what each request must look like and what failures mean."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError
from moto import mock_aws

from infra.twins.aws import MemoryAws
from infra.twins.clock import START, FakeClock
from shared.adapters import clients, codec
from shared.adapters.clients import client
from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import Put
from shared.domain.channel.carriage import AwsAnswer, AwsCall, NoAnswer, NotSent
from shared.domain.channel.commands import Due, Raw, Send, Wake, due_row
from shared.domain.errors import Rejected, TryAgain
from shared.domain.timeline.bus_facts import Fact
from shared.edge.wiring import Ports

QUEUES = {
    "INBOUND": True,
    "DELIVERY": False,
    "ROUTING": True,
    "TIMERS": False,
    "UNANNOUNCED": False,
    "OUTBOUND-SMS": True,
}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ports]:
    """Real ports over queues, a bus, a bucket and a bus queue of moto's."""
    clients.reset()
    with mock_aws():
        for name, fifo in QUEUES.items():
            attributes = {"FifoQueue": "true"} if fifo else {}
            made = client("sqs").create_queue(
                QueueName=name.lower() + (".fifo" if fifo else ""), Attributes=attributes
            )
            monkeypatch.setenv(f"{name}_QUEUE_URL", made["QueueUrl"])
        monkeypatch.setenv("OUTBOUND_QUEUE_PREFIX", made["QueueUrl"].rsplit("/", 1)[0] + "/outbound-")
        client("events").create_event_bus(Name="bus")
        client("s3").create_bucket(
            Bucket="files", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"}
        )
        monkeypatch.setenv("BUS_NAME", "bus")
        monkeypatch.setenv("FILES_BUCKET", "files")
        yield Ports(clock=FakeClock())
    clients.reset()


def lying_in(name: str) -> list[dict[str, Any]]:
    """What lies in a queue, read and left there for a while."""
    url = client("sqs").get_queue_url(QueueName=name)["QueueUrl"]
    found = client("sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"], MessageAttributeNames=["All"]
    )
    return list(found.get("Messages", ()))


def a_raw(n: int, group: str = "g") -> Raw:
    return Raw("sms", f"SM{n}", f"request.e{n}", START, "Body=hi", group)


def answering(service: str, *answers: dict[str, Any] | Exception) -> list[str]:
    """Canned answers for the next requests of a service's client; gives the list of what was asked."""
    asked: list[str] = []
    left = list(answers)

    class Body:
        def __init__(self, told: dict[str, Any]) -> None:
            self._told = told

        def stream(self) -> Iterator[bytes]:
            yield json.dumps(self._told).encode()

    def answer(request: Any, **_: Any) -> AWSResponse:
        asked.append(request.body.decode() if isinstance(request.body, bytes) else str(request.body))
        told = left.pop(0) if left else {}
        if isinstance(told, Exception):
            raise told
        status = told.pop("status", 200)
        return AWSResponse(request.url, status, HTTPHeaders(), Body(told))

    client(service).meta.events.register_first(f"before-send.{service}", answer)
    return asked


# ---------------------------------------------------------------------- the door


def test_an_event_lies_in_the_inbound_queue_under_its_group_and_its_acceptance(aws: Ports) -> None:
    aws.inbox.put([a_raw(1)], [])

    (message,) = lying_in("inbound.fifo")
    assert codec.decode(message["Body"], Raw) == a_raw(1)
    assert message["Attributes"]["MessageGroupId"] == "g"
    assert message["Attributes"]["MessageDeduplicationId"] == "request.e1"


def test_states_go_into_a_queue_of_their_own(aws: Ports) -> None:
    aws.inbox.put([], [a_raw(1), a_raw(2)])

    assert len(lying_in("delivery")) == 2
    assert lying_in("inbound.fifo") == []


def test_one_event_is_one_request_and_forty_are_four(aws: Ports) -> None:
    asked = answering("sqs")

    aws.inbox.put([a_raw(1)], [])
    assert len(asked) == 1

    aws.inbox.put([a_raw(n) for n in range(40)], [])
    assert len(asked) == 5


def test_events_that_are_too_many_go_into_a_file_and_one_message_points_to_it(aws: Ports) -> None:
    events = [a_raw(n) for n in range(41)]

    aws.inbox.put(events, [])

    (message,) = lying_in("inbound.fifo")
    file = aws.files.get(json.loads(message["Body"])["pointer"])
    assert file is not None and codec.decode(file, list[Raw]) == events


def test_events_that_are_too_large_do_so_too(aws: Ports) -> None:
    large = [Raw("sms", f"SM{n}", f"r.e{n}", START, "x" * 300_000, "g") for n in range(4)]

    aws.inbox.put(large, [])

    assert "pointer" in json.loads(lying_in("inbound.fifo")[0]["Body"])


def test_messages_near_the_limit_of_a_request_go_in_several(aws: Ports) -> None:
    asked = answering("sqs")

    aws.inbox.put([], [Raw("sms", f"SM{n}", f"r.s{n}", START, "x" * 300_000, "g") for n in range(4)])

    assert len(asked) == 2


def test_what_a_batch_names_as_failed_is_sent_once_more(aws: Ports) -> None:
    asked = answering(
        "sqs", {"Successful": [], "Failed": [{"Id": "1", "Code": "x", "SenderFault": False}]}, {}
    )

    aws.inbox.put([a_raw(1), a_raw(2), a_raw(3)], [])

    assert [len(json.loads(body)["Entries"]) for body in asked] == [3, 1]
    assert "SM2" in asked[1]


def test_what_fails_twice_was_not_accepted(aws: Ports) -> None:
    failed = {"Failed": [{"Id": "0", "Code": "x", "SenderFault": False}]}
    answering("sqs", dict(failed), dict(failed))

    with pytest.raises(TryAgain, match="refused 1 of 2"):
        aws.inbox.put([a_raw(1), a_raw(2)], [])


@pytest.mark.parametrize("events", [1, 2])
def test_a_queue_that_refuses_is_to_be_tried_again(events: int, aws: Ports) -> None:
    answering("sqs", *({"status": 400, "__type": "com.amazonaws.sqs#AccessDenied"} for _ in range(4)))

    with pytest.raises(TryAgain):
        aws.inbox.put([a_raw(n) for n in range(events)], [])


def test_a_queue_that_cannot_be_reached_is_to_be_tried_again(
    aws: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9")
    clients.reset()

    with pytest.raises(TryAgain):
        aws.inbox.put([a_raw(1)], [])


# ---------------------------------------------------------------------- what the publisher hands on


def test_commands_for_a_sender_go_into_its_queue_each_with_an_id_of_its_own(aws: Ports) -> None:
    aws.outbox.send("sms", [Send("C1", 1), Send("C1", 1)], ["g", "g"])
    aws.outbox.send("sms", [Send("C1", 1)], ["g"])

    assert [json.loads(m["Body"])["seq"] for m in lying_in("outbound-sms.fifo")] == [1, 1, 1]


def test_a_wake_is_grouped_by_its_pool(aws: Ports) -> None:
    aws.outbox.wake([Wake("main")])

    assert lying_in("routing.fifo")[0]["Attributes"]["MessageGroupId"] == "main"


@pytest.mark.parametrize(("ahead", "delay"), [(-5, 0), (0, 0), (0.2, 1), (30, 30), (900, 900)])
def test_a_near_timer_is_a_delayed_message(ahead: float, delay: int, aws: Ports) -> None:
    asked = answering("sqs")

    aws.outbox.arm([Due(START + timedelta(seconds=ahead), "offer", "C1", "K1", "O1")], START)

    assert json.loads(asked[0])["DelaySeconds"] == delay


def test_a_far_timer_is_a_row_and_armed_twice_it_is_one(world: Any, aws: Ports) -> None:
    due = Due(START + timedelta(seconds=901), "silence", "C1", "K1", "I1")
    ports = Ports(store=world.store, clock=world.clock)

    ports.outbox.arm([due], START)
    ports.outbox.arm([due], START)

    assert list(world.store.items.values()) == [due_row(due)]
    assert due_row(due).minute == "2026-01-05T09:15"
    assert lying_in("timers") == []


def a_fact(n: int = 1) -> Fact:
    return Fact("MessageSent", f"E{n}", START, "C1", n, "K1", "I1", "sms", "agent:one", {"queue": "main"})


def test_a_fact_is_announced_without_words_or_addresses(aws: Ports) -> None:
    asked = answering("events", {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]})

    aws.outbox.announce([a_fact()])

    (line,) = json.loads(asked[0])["Entries"]
    assert (line["EventBusName"], line["Source"], line["DetailType"]) == ("bus", "patchbay", "MessageSent")
    assert json.loads(line["Detail"]) == {
        "id": "E1",
        "v": 1,
        "at": "2026-01-05T09:00:00.000Z",
        "customer_id": "C1",
        "seq": 1,
        "case_id": "K1",
        "interaction_id": "I1",
        "channel": "sms",
        "actor": "agent:one",
        "data": {"queue": "main"},
    }


def test_ten_facts_are_one_request_and_eleven_are_two(aws: Ports) -> None:
    asked = answering("events", {"FailedEntryCount": 0}, {"FailedEntryCount": 0}, {"FailedEntryCount": 0})

    aws.outbox.announce([a_fact(n) for n in range(10)])
    assert len(asked) == 1

    aws.outbox.announce([a_fact(n) for n in range(11)])
    assert len(asked) == 3


def test_facts_the_bus_refused_are_announced_once_more_and_then_brought_again(aws: Ports) -> None:
    refused = {"FailedEntryCount": 1, "Entries": [{"EventId": "1"}, {"ErrorCode": "ThrottlingException"}]}
    again = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}
    asked = answering("events", refused, again)

    with pytest.raises(TryAgain):
        aws.outbox.announce([a_fact(1), a_fact(2)])

    assert [len(json.loads(body)["Entries"]) for body in asked] == [2, 1]


def test_a_record_is_parked_whole_with_its_reason(aws: Ports) -> None:
    aws.outbox.park('{"a": "whole record"}', "KeyError")

    (message,) = lying_in("unannounced")
    assert message["Body"] == '{"a": "whole record"}'
    assert message["MessageAttributes"]["reason"]["StringValue"] == "KeyError"


def test_nothing_to_hand_on_is_no_request(aws: Ports) -> None:
    asked = answering("sqs") + answering("events")

    aws.inbox.put([], [])
    aws.outbox.send("sms", [], [])
    aws.outbox.wake([])
    aws.outbox.arm([], START)
    aws.outbox.announce([])

    assert asked == []


def test_a_failed_delivery_comes_again_after_its_own_pause(aws: Ports) -> None:
    aws.inbox.put([a_raw(1)], [])
    (message,) = lying_in("inbound.fifo")

    aws.postpone("arn:aws:sqs:ap-northeast-2:123456789012:inbound.fifo", [message["ReceiptHandle"]], 0)

    assert [m["MessageId"] for m in lying_in("inbound.fifo")] == [message["MessageId"]]


def test_a_pause_that_cannot_be_set_is_nobodys_failure(aws: Ports) -> None:
    aws.postpone("arn:aws:sqs:ap-northeast-2:123456789012:gone.fifo", ["x"], 2)


# ---------------------------------------------------------------------- messages carried by AWS

MAIL = AwsCall(
    "sesv2",
    "send_email",
    {
        "FromEmailAddress": "desk@example.test",
        "Destination": {"ToAddresses": ["someone@example.test"]},
        "Content": {"Simple": {"Subject": {"Data": "Re"}, "Body": {"Text": {"Data": "안녕하세요"}}}},
    },
)


def test_a_mail_that_ses_takes_is_an_answer_with_its_id(aws: Ports) -> None:
    client("sesv2").create_email_identity(EmailIdentity="desk@example.test")

    answer = aws.aws(MAIL)

    assert isinstance(answer, AwsAnswer) and answer.status == 200
    assert set(answer.body) == {"MessageId"} == set(MemoryAws()(MAIL).body)  # type: ignore[union-attr]


def test_a_mail_that_ses_refuses_is_an_answer_with_its_code(aws: Ports) -> None:
    answer = aws.aws(MAIL)

    assert isinstance(answer, AwsAnswer) and 400 <= answer.status < 500
    assert answer.body["Code"] == "MessageRejected"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://no-such-host.invalid"])
def test_a_mail_that_found_no_connection_was_not_sent(
    address: str, aws: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", address)
    clients.reset()

    assert isinstance(aws.aws(MAIL), NotSent)


def test_a_mail_is_never_sent_twice_by_the_client(aws: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the connection broke, or the service asks for a retry."""
    asked = []

    def broken(request: Any, **_: Any) -> AWSResponse:
        asked.append(request)
        raise ConnectionClosedError(endpoint_url=request.url)

    clients.asking_once("sesv2").meta.events.register_first("before-send.sesv2", broken)

    assert aws.aws(MAIL) == NoAnswer("ConnectionClosedError")
    assert len(asked) == 1


# ---------------------------------------------------------------------- sockets, secrets, files, settings


@pytest.fixture
def socket_status(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    clients.reset()
    monkeypatch.setenv("DESK_SOCKET_URL", "http://127.0.0.1:9/live")

    def answers(status: int) -> list[str]:
        desk = client("apigatewaymanagementapi", "http://127.0.0.1:9/live")
        asked: list[str] = []

        class Body:
            def stream(self) -> Iterator[bytes]:
                yield b"{}"

        def answer(request: Any, **_: Any) -> AWSResponse:
            asked.append(f"{request.url} {request.body}")
            return AWSResponse(request.url, status, HTTPHeaders(), Body())

        desk.meta.events.register_first("before-send.apigatewaymanagementapi", answer)
        return asked

    yield answers
    clients.reset()


def test_a_frame_is_posted_as_json(socket_status: Any) -> None:
    asked = socket_status(200)

    assert Ports().desk_sockets.post("abc=", {"type": "work_changed"}) is True
    assert asked == ['http://127.0.0.1:9/live/@connections/abc%3D b\'{"type":"work_changed"}\'']


def test_a_socket_that_is_gone_is_no_error(socket_status: Any) -> None:
    socket_status(410)

    assert Ports().desk_sockets.post("abc=", {}) is False


@pytest.mark.parametrize(
    ("status", "error"), [(429, TryAgain), (500, TryAgain), (403, TryAgain), (413, Rejected)]
)
def test_other_answers_of_a_socket(status: int, error: type[Exception], socket_status: Any) -> None:
    socket_status(status)

    with pytest.raises(error):
        Ports().desk_sockets.post("abc=", {})


def test_a_secret_is_fetched_once_in_five_minutes(aws: Ports) -> None:
    client("secretsmanager").create_secret(Name="twilio", SecretString='{"auth_token": "one"}')
    asked = answering_nothing("secretsmanager")

    for _ in range(3):
        assert aws.secrets.get("twilio") == {"auth_token": "one"}
    assert len(asked) == 1

    advance(aws, 301)
    aws.secrets.get("twilio")
    assert len(asked) == 2


def test_the_version_before_is_fetched_only_when_the_current_one_did_not_fit(aws: Ports) -> None:
    client("secretsmanager").create_secret(Name="twilio", SecretString='{"auth_token": "one"}')
    client("secretsmanager").put_secret_value(SecretId="twilio", SecretString='{"auth_token": "two"}')
    asked = answering_nothing("secretsmanager")

    candidates = aws.secrets.candidates("twilio")
    assert next(candidates) == {"auth_token": "two"}
    assert len(asked) == 1
    assert list(candidates) == [{"auth_token": "one"}]
    assert len(asked) == 2


def test_a_failed_proof_may_force_a_fetch_once_a_minute(aws: Ports) -> None:
    client("secretsmanager").create_secret(Name="twilio", SecretString='{"auth_token": "one"}')
    list(aws.secrets.candidates("twilio"))
    client("secretsmanager").put_secret_value(SecretId="twilio", SecretString='{"auth_token": "two"}')

    assert list(aws.secrets.candidates("twilio")) == [{"auth_token": "one"}]

    advance(aws, 61)
    assert list(aws.secrets.candidates("twilio"))[-1] == {"auth_token": "two"}
    assert len(list(aws.secrets.candidates("twilio"))) == 1


def test_a_secret_that_cannot_be_renewed_serves_on(aws: Ports) -> None:
    client("secretsmanager").create_secret(Name="twilio", SecretString='{"auth_token": "one"}')
    aws.secrets.get("twilio")
    client("secretsmanager").delete_secret(SecretId="twilio", ForceDeleteWithoutRecovery=True)
    advance(aws, 3600)

    assert aws.secrets.get("twilio") == {"auth_token": "one"}


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"auth_token": 1}'])
def test_a_secret_that_is_no_object_of_texts_is_to_be_tried_again(text: str, aws: Ports) -> None:
    answering("secretsmanager", {"SecretString": text})

    with pytest.raises(TryAgain):
        aws.secrets.get("twilio")


def test_a_secret_that_was_never_there_is_to_be_tried_again(aws: Ports) -> None:
    with pytest.raises(TryAgain):
        aws.secrets.get("nowhere")


def test_files_are_kept_listed_and_linked(aws: Ports) -> None:
    aws.files.put("reports/b.csv", b"b", "text/csv")
    aws.files.put("reports/a.csv", b"a")
    aws.files.put("other/c.csv", b"c")

    assert aws.files.names("reports/") == ("reports/a.csv", "reports/b.csv")
    assert aws.files.get("reports/a.csv") == b"a"
    assert aws.files.get("reports/none.csv") is None
    link = aws.files.link("reports/day=2026-01-31/a.csv", 60)
    assert "reports/day" in link and "2026-01-31-a.csv" in link


def test_a_bucket_that_is_not_there_is_to_be_tried_again(aws: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILES_BUCKET", "nowhere")

    for ask in (lambda: aws.files.put("a", b""), lambda: aws.files.get("a"), lambda: aws.files.names("a")):
        with pytest.raises(TryAgain):
            ask()


def test_settings_are_the_demo_centres_until_a_version_is_written_and_looked_at_every_ten_seconds(
    world: Any,
) -> None:
    ports = Ports(store=world.store, clock=world.clock)
    assert ports.settings.centre() == Centre()

    world.store.commit(Put(Config(1, Centre(name="Ours"))), Put(ConfigPointer(1)))
    assert ports.settings.centre() == Centre()

    world.clock.advance(10)
    assert ports.settings.centre().name == "Ours"


def test_every_client_can_be_pointed_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:4566")
    clients.reset()

    assert client("sqs").meta.endpoint_url == "http://127.0.0.1:4566"
    clients.reset()


def advance(ports: Ports, seconds: int) -> None:
    clock = ports.clock
    assert isinstance(clock, FakeClock)
    clock.advance(seconds)


def answering_nothing(service: str) -> list[str]:
    """Only the list of what is asked; moto answers."""
    asked: list[str] = []

    def listen(request: Any, **_: Any) -> None:
        asked.append(str(request.body))

    client(service).meta.events.register_first(f"before-send.{service}", listen)
    return asked
