"""The store on DynamoDB through PynamoDB: strongly consistent reads, one transaction per change."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, TypeVar, cast

from botocore.exceptions import BotoCoreError
from pynamodb.attributes import NumberAttribute
from pynamodb.connection import TableConnection
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.adapters import codec, refusals
from shared.adapters.rehearsal import rehearsal
from shared.adapters.table import LAYOUT, Item, columns, key, prefix, ref_of, to_image
from shared.domain.centre import Config, ConfigPointer
from shared.domain.change import Add, Delete, Over, Put, Ref, Write
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
        self, kind: type[T], *partition: object, after: str = "", limit: int = 100, newest_first: bool = False
    ) -> tuple[T, ...]:
        self._connect()
        pk, start = prefix(kind, *partition)
        try:
            rows: Any = Item.query(
                pk,
                _range(start, after),
                Item.type == kind.__name__,
                consistent_read=True,
                limit=limit,
                page_size=limit,
                scan_index_forward=not newest_first,
            )
            return tuple(rows)
        except (PynamoDBException, BotoCoreError) as error:
            raise _unanswered(error) from error

    def commit(self, *writes: Write) -> None:
        self._connect()
        try:
            if len(writes) == 1:
                _alone(writes[0])
            else:
                _together(writes)
        except PynamoDBException as error:
            raise _meaning(error, _request_order(writes)) from error
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


def _alone(write: Write) -> None:
    table = _table()
    act: Any = {Put: table.put_item, Delete: table.delete_item, Add: table.update_item}[type(write)]
    act(*key(ref_of(write.item)), **_how(write))


def _together(writes: Sequence[Write]) -> None:
    table = _table()
    acts: dict[type, list[dict[str, Any]]] = {Delete: [], Put: [], Add: []}
    for write in writes:
        where = "Item" if isinstance(write, Put) else "Key"
        acts[type(write)].append(
            table.get_operation_kwargs(*key(ref_of(write.item)), key=where, **_how(write))
        )
    table.connection.transact_write_items((), acts[Delete], acts[Put], acts[Add])


def _how(write: Write) -> dict[str, Any]:
    if isinstance(write, Put):
        return {"attributes": to_image(write.item), "condition": _condition(write.over)}
    if isinstance(write, Delete):
        return {"condition": _condition(write.over)}
    return {"actions": _actions(write)}


def _range(start: str, after: str) -> Condition | None:
    if after:
        return Item.sk.between(f"{start}{after}!", start + LAST)
    return Item.sk.startswith(start) if start else None


# Of whatever kind: only the attribute's name counts. A version of 1 is the default and is not stored.
version = NumberAttribute(attr_name="version")
FIRST = ((version == 1) | version.does_not_exist()) & Item.pk.exists()
CONDITIONS = {Over.ABSENT: Item.pk.does_not_exist(), Over.PRESENT: Item.pk.exists(), Over.ANY: None}


def _condition(over: Over | int) -> Condition | None:
    if isinstance(over, Over):
        return CONDITIONS[over]
    return FIRST if over == 1 else version == over


def _actions(write: Add) -> list[Action]:
    """ADD for the amounts; SET for the kind and the other fields, which an update alone would leave out."""
    item: Any = write.item
    actions: list[Action] = [Item.type.set(type(item).__name__)]
    for column in columns(type(item)):
        value = getattr(item, column.name)
        if column.name in write.amounts:
            actions.append(column.attribute.add(write.amounts[column.name]))
        elif value is not None and value != column.default:
            actions.append(column.attribute.set(value))
    return actions


def _request_order(writes: Sequence[Write]) -> list[int]:
    """PynamoDB sends deletes, then puts, then updates; reasons come back in that order."""
    return [i for kind in (Delete, Put, Add) for i, write in enumerate(writes) if isinstance(write, kind)]


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
