"""The store on DynamoDB through PynamoDB: strongly consistent reads, one transaction per change."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, TypeVar, cast

from botocore.exceptions import BotoCoreError
from pynamodb.connection import TableConnection
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition

from shared.adapters import codec, refusals
from shared.adapters.acts import DELETE, PUT, UPDATE, Act, acts_of
from shared.adapters.columns import columns
from shared.adapters.rehearsal import rehearsal
from shared.adapters.table import LAYOUT, STORED_AS, Item, key, prefix, ref_of
from shared.domain.centre import Config, ConfigPointer
from shared.domain.change import Put, Ref, Write
from shared.domain.errors import Conflict, Malformed, TryAgain

T = TypeVar("T")
LAST = "\uffff"
NOTHING = {"Items": [], "Count": 0, "ScannedCount": 0, "UnprocessedKeys": {}}


class TableStore:
    """`client` makes the tuned DynamoDB client; it is made when the first request needs it."""

    def __init__(self, table_name: str, client: Callable[[], Any]) -> None:
        self._table_name, self._make_client = table_name, client
        self._connected, self._connecting = False, Lock()

    def get(self, ref: Ref[T]) -> T | None:
        self._connect()
        try:
            found: Any = Item.get(*key(ref), consistent_read=True)
        except Item.DoesNotExist:
            return None
        except (PynamoDBException, BotoCoreError) as error:
            raise _unanswered(error) from error
        return cast(T, found)

    def get_all(self, *refs: Ref[Any], strong: bool = True) -> tuple[Any, ...]:
        self._connect()
        keys = [key(ref) for ref in refs]
        try:
            rows = Item.batch_get(set(keys), consistent_read=strong)
            found = {key(ref_of(item)): item for item in rows}
        except (PynamoDBException, BotoCoreError) as error:
            raise _unanswered(error) from error
        return tuple(found.get(k) for k in keys)

    def find(
        self,
        kind: type[T],
        *partition: object,
        after: str = "",
        limit: int = 100,
        newest_first: bool = False,
        strong: bool = True,
    ) -> tuple[T, ...]:
        self._connect()
        pk, start = prefix(kind, *partition)
        try:
            rows: Any = Item.query(
                pk,
                _range(start, after),
                Item.type.is_in(*STORED_AS.get(kind, (kind.__name__,))),
                consistent_read=strong,
                limit=limit,
                page_size=limit,
                scan_index_forward=not newest_first,
            )
            return tuple(rows)
        except (PynamoDBException, BotoCoreError) as error:
            raise _unanswered(error) from error

    def count(self, kind: type, *partition: object, before: str = "", limit: int = 100) -> int:
        self._connect()
        pk, start = prefix(kind, *partition)
        try:
            counted = Item.count(pk, _below(start, before), consistent_read=True, limit=limit)
        except (PynamoDBException, BotoCoreError) as error:
            raise _unanswered(error) from error
        return min(counted, limit)

    def commit(self, *writes: Write) -> None:
        self._connect()
        acts = acts_of(writes)
        try:
            if len(writes) == 1:
                _alone(acts[0])
            else:
                _together(acts)
        except PynamoDBException as error:
            raise _meaning(error, _request_order(acts)) from error
        except BotoCoreError as error:
            raise _unanswered(error) from error

    def rehearse(self) -> None:
        """Each kind of request once, and how each kind of item is stored."""
        for kind in LAYOUT:
            columns(kind)
        nothing = codec.encode(NOTHING | {"Responses": {self._table_name: []}})
        item = Put(ConfigPointer(0))
        self._connect()
        with rehearsal(self._make_client(), nothing.encode()):
            self.get(Ref(ConfigPointer))
            self.get_all(Ref(ConfigPointer))
            self.find(Config)
            self.commit(item, item)

    def _connect(self) -> None:
        """Point the model at the table, late, and let PynamoDB speak through our own client.

        PynamoDB makes a client of its own only where it finds none; ours is tuned, and shared with whoever
        else asks DynamoDB.
        """
        with self._connecting:
            if self._connected:
                return
            Item.Meta.table_name = self._table_name
            Item._connection = None
            _table().connection._client = self._make_client()
            self._connected = True


def _table() -> TableConnection:
    return Item._get_connection()


def _alone(act: Act) -> None:
    table = _table()
    request: Any = {DELETE: table.delete_item, PUT: table.put_item, UPDATE: table.update_item}[act.verb]
    request(*act.key, **act.how)


def _together(acts: Sequence[Act]) -> None:
    table = _table()
    told: dict[str, list[dict[str, Any]]] = {DELETE: [], PUT: [], UPDATE: []}
    for act in acts:
        where = "Item" if act.verb == PUT else "Key"
        told[act.verb].append(table.get_operation_kwargs(*act.key, key=where, **act.how))
    table.connection.transact_write_items((), told[DELETE], told[PUT], told[UPDATE])


def _range(start: str, after: str) -> Condition | None:
    if after:
        return Item.sk.between(f"{start}{after}!", start + LAST)
    return Item.sk.startswith(start) if start else None


def _below(start: str, before: str) -> Condition | None:
    """Keys that begin so and lie below `before`: the upper bound of a query is within it."""
    if not before:
        return Item.sk.startswith(start) if start else None
    return Item.sk.between(start, f"{start}{before[:-1]}{chr(ord(before[-1]) - 1)}{LAST}")


def _request_order(acts: Sequence[Act]) -> list[int]:
    """PynamoDB sends deletes, then puts, then updates; reasons come back in that order."""
    return [act.position for verb in (DELETE, PUT, UPDATE) for act in acts if act.verb == verb]


LOST = frozenset({"ConditionalCheckFailedException", "TransactionConflictException"})


def _meaning(error: PynamoDBException, order: list[int]) -> Exception:
    """A failed condition or a faster transaction is a Conflict; everything else may be tried again."""
    reasons = [reason.code if reason else "" for reason in getattr(error, "cancellation_reasons", ())]
    if reasons:
        failed = tuple(sorted(order[i] for i, code in enumerate(reasons) if code == "ConditionalCheckFailed"))
        if failed or "TransactionConflict" in reasons:
            return Conflict(failed)
        return _refused(next(filter(None, reasons), "Transaction"))
    if error.cause_response_code in LOST:
        return Conflict((0,) if error.cause_response_code.startswith("Conditional") else ())
    return _unanswered(error)


def _unanswered(error: Exception) -> TryAgain | Malformed:
    return _refused(getattr(error, "cause_response_code", None) or type(error).__name__)


def _refused(code: str) -> TryAgain | Malformed:
    return refusals.of(code in refusals.FOR_GOOD, f"the table did not answer ({code})")
