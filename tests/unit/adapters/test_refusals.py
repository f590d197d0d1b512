"""What a service refuses for good is no reason to try again; what it refuses now is."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError, ReadTimeoutError
from pynamodb.exceptions import CancellationReason, PutError, TransactWriteError, VerboseClientError

from infra.twins.files import MemoryFiles
from shared.adapters import codec, store
from shared.adapters.bus import Bus
from shared.adapters.files import S3Files
from shared.adapters.queues import Queue, SqsInbox
from shared.adapters.sockets import GatewaySockets
from shared.adapters.table import key, prefix
from shared.domain.address.address import Address
from shared.domain.change import Ref
from shared.domain.channel.commands import Pointer, Raw
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.errors import Malformed, Rejected, TryAgain
from shared.domain.timeline.bus_facts import Fact


def refusal(code: str) -> PutError:
    return PutError(cause=ClientError({"Error": {"Code": code, "Message": ""}}, "PutItem"))


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("ValidationException", Malformed),
        ("ItemCollectionSizeLimitExceededException", Malformed),
        ("ProvisionedThroughputExceededException", TryAgain),
        ("AccessDeniedException", TryAgain),
        ("InternalServerError", TryAgain),
    ],
)
def test_a_refusal_for_what_the_item_is_stands(code: str, meaning: type[Exception]) -> None:
    assert isinstance(store._meaning(refusal(code), [0]), meaning)


@pytest.mark.parametrize(("code", "meaning"), [("ValidationError", Malformed), ("ThrottlingError", TryAgain)])
def test_so_it_does_in_a_transaction(code: str, meaning: type[Exception]) -> None:
    reasons = [None, CancellationReason(code=code, message=None)]
    told: Any = {"Error": {"Code": "TransactionCanceledException", "Message": ""}}
    cause = VerboseClientError(told, "TransactWriteItems", {}, cancellation_reasons=reasons)
    error = TransactWriteError("refused", cause)

    assert isinstance(store._meaning(error, [0, 1]), meaning)


@pytest.mark.parametrize(
    "broken",
    [
        ReadTimeoutError(endpoint_url="https://sqs.test"),
        ConnectionClosedError(endpoint_url="https://sqs.test"),
        EndpointConnectionError(endpoint_url="https://sqs.test", error="refused"),
    ],
)
def test_a_connection_that_broke_is_tried_again(broken: Exception) -> None:
    """These have a `response` of None, or none at all."""
    service: Any = Service(broken)
    puts: list[Callable[[], object]] = [
        lambda: Queue(lambda: service, lambda: "queue").put([{"MessageBody": "one"}]),
        lambda: S3Files(lambda: service, lambda: "bucket").put("key", b""),
        lambda: S3Files(lambda: service, lambda: "bucket").get("key"),
    ]
    for put in puts:
        with pytest.raises(TryAgain, match=type(broken).__name__):
            put()


@pytest.mark.parametrize("long", ["x" * 3000, "가" * 700])
def test_a_name_too_long_for_a_key_is_asked_for_nowhere(long: str) -> None:
    for ref in (Ref(Head, long), Ref(AddressOwner, Address("phone", long))):
        with pytest.raises(Malformed):
            key(ref)
    with pytest.raises(Malformed):
        prefix(Case, long)


AT = datetime(2026, 1, 5, tzinfo=UTC)
Told = Mapping[str, Any]


class Service:
    """A service of AWS that gives these answers one after the other, the last one for ever."""

    def __init__(self, *answers: Told | Exception) -> None:
        self.answers, self.asked = list(answers), list[Told]()

    def __getattr__(self, operation: str) -> Any:
        def ask(**parameters: Any) -> Told:
            self.asked.append(parameters)
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if isinstance(answer, Exception):
                raise answer
            return answer

        return ask


def error(code: str, status: int = 400) -> ClientError:
    told: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, "AnyOperation")


def queue(*answers: Told | Exception) -> tuple[Queue, Service]:
    service = Service(*answers)
    return Queue(lambda: service, lambda: "https://sqs.example.test/1/queue"), service


def messages(number: int) -> list[dict[str, Any]]:
    return [{"MessageBody": str(i)} for i in range(number)]


def a_fact(number: int) -> Fact:
    return Fact("CaseClosed", f"F{number}", AT, "C1", number, "K1", "I1", "sms", "agent:one", {})


def failed(*codes: str, ours: bool) -> Told:
    return {"Failed": [{"Id": str(i), "Code": code, "SenderFault": ours} for i, code in enumerate(codes)]}


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("InvalidMessageContents", Malformed),
        ("InvalidParameterValue", Malformed),
        ("AWS.SimpleQueueService.BatchRequestTooLong", Malformed),
        ("RequestThrottled", TryAgain),
        ("AccessDenied", TryAgain),
        ("AWS.SimpleQueueService.NonExistentQueue", TryAgain),
        ("InternalError", TryAgain),
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_a_queue_refuses_a_request_for_good_or_for_now(
    code: str, meaning: type[Exception], number: int
) -> None:
    refusing, _ = queue(error(code))

    with pytest.raises(meaning, match=r"queue"):
        refusing.put(messages(number))


@pytest.mark.parametrize(
    ("code", "ours", "meaning"),
    [
        ("InvalidParameterValue", True, Malformed),
        ("SomethingNew", True, Malformed),
        ("InternalError", False, TryAgain),
        ("KMS.ThrottlingException", True, TryAgain),
        ("AWS.SimpleQueueService.RequestThrottled", True, TryAgain),
        ("AccessDenied", True, TryAgain),
    ],
)
def test_one_message_of_a_batch_is_refused_for_good_where_it_is_our_fault(
    code: str, ours: bool, meaning: type[Exception]
) -> None:
    refusing, service = queue(failed(code, ours=ours))

    with pytest.raises(meaning, match="refused 1 of 3 messages"):
        refusing.put(messages(3))
    assert [len(told["Entries"]) for told in service.asked] == [3, 1]


def test_what_a_queue_takes_at_the_second_time_is_taken() -> None:
    taking, service = queue(failed("InternalError", "InternalError", ours=False), {"Successful": []})

    taking.put(messages(3))

    assert len(service.asked) == 2


@pytest.mark.parametrize("text", ["\uffff", "a\ufffeb", "가\uffff"])
def test_a_text_with_characters_that_no_queue_takes_arrives_all_the_same(text: str) -> None:
    taking, service = queue({})

    taking.put([{"MessageBody": codec.encode({"text": text})}])

    body = service.asked[0]["MessageBody"]
    assert not {"\ufffe", "\uffff"} & set(body)
    assert json.loads(body) == {"text": text}
    assert codec.decode(body, dict[str, str]) == {"text": text}


def test_an_event_that_the_queue_never_takes_lies_in_a_file() -> None:
    """Nobody sends it again: the door has proven that it is genuine."""
    (inbound, service), files = queue(error("InvalidMessageContents"), {}), MemoryFiles()
    event = Raw("chat", "E1", "request.e0", AT, "payload", "group")

    SqsInbox(inbound, queue({})[0], lambda: files).put([event], [])

    pointer = codec.decode(service.asked[-1]["MessageBody"], Pointer)
    assert codec.decode(files.bodies[pointer.pointer], list[Raw]) == [event]


@pytest.mark.parametrize(
    ("codes", "meaning"),
    [
        (["MalformedDetail"], Malformed),
        (["InvalidArgument", "InternalFailure"], Malformed),
        (["ThrottlingException"], TryAgain),
        (["NotAuthorizedForSourceException"], TryAgain),
        (["InternalFailure"], TryAgain),
    ],
)
def test_the_bus_refuses_a_fact_for_good_or_for_now(codes: Sequence[str], meaning: type[Exception]) -> None:
    facts = [a_fact(i) for i, _ in enumerate(codes)]
    told = {"FailedEntryCount": len(codes), "Entries": [{"ErrorCode": code} for code in codes]}

    with pytest.raises(meaning, match=f"refused {len(codes)} facts"):
        Bus(lambda: Service(told), lambda: "bus").put(facts)


def test_the_bus_refuses_a_request_that_is_too_large_for_good() -> None:
    with pytest.raises(Malformed):
        Bus(lambda: Service(error("ValidationException")), lambda: "bus").put([a_fact(1)])


@pytest.mark.parametrize(
    ("code", "status", "meaning"),
    [
        ("EntityTooLarge", 400, Malformed),
        ("KeyTooLongError", 400, Malformed),
        ("InvalidRequest", 400, Malformed),
        ("", 413, Malformed),
        ("AccessDenied", 403, TryAgain),
        ("NoSuchBucket", 404, TryAgain),
        ("SlowDown", 503, TryAgain),
    ],
)
def test_the_bucket_refuses_a_file_for_good_or_for_now(
    code: str, status: int, meaning: type[Exception]
) -> None:
    files = S3Files(lambda: Service(error(code, status)), lambda: "files")

    with pytest.raises(meaning):
        files.put("key", b"")
    with pytest.raises(meaning):
        files.get("key")
    with pytest.raises(meaning):
        files.remove(["key"])


@pytest.mark.parametrize("status", [400, 410])
def test_a_socket_that_is_not_there_is_gone(status: int) -> None:
    assert GatewaySockets(lambda: Service(error("Any", status))).post("C1", {}) is False


@pytest.mark.parametrize(
    ("status", "meaning"), [(413, Rejected), (429, TryAgain), (403, TryAgain), (500, TryAgain)]
)
def test_a_socket_refuses_a_frame_for_good_or_for_now(status: int, meaning: type[Exception]) -> None:
    with pytest.raises(meaning):
        GatewaySockets(lambda: Service(error("Any", status))).post("C1", {})
