"""The store on DynamoDB through PynamoDB: strongly consistent reads, one transaction per change."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast

from botocore.exceptions import BotoCoreError
from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from shared.adapters.table import Item, key, model, prefix, ref_of, to_model
from shared.domain.change import Add, Delete, Over, Put, Ref, Write
from shared.domain.errors import Conflict, TryAgain

T = TypeVar("T")
LAST = "\uffff"


class TableStore:
    """`client` makes the tuned DynamoDB client; it is made when the first request needs it."""

    def __init__(self, table_name: str, client: Callable[[], Any]) -> None:
        self._table_name, self._make_client = table_name, client
        self._connected = False

    def get(self, ref: Ref[T]) -> T | None:
        self._connect()
        try:
            found: Any = Item.get(*key(ref), consistent_read=True)
        except Item.DoesNotExist:
            return None
        except (PynamoDBException, BotoCoreError) as error:
            raise _unanswered(error) from error
        return cast(T, found)

    def get_all(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        self._connect()
        keys = [key(ref) for ref in refs]
        try:
            found = {key(ref_of(item)): item for item in Item.batch_get(set(keys), consistent_read=True)}
        except (PynamoDBException, BotoCoreError) as error:
            raise _unanswered(error) from error
        return tuple(found.get(k) for k in keys)

    def find(
        self, kind: type[T], *partition: object, after: str = "", limit: int = 100, newest_first: bool = False
    ) -> tuple[T, ...]:
        self._connect()
        pk, start = prefix(kind, *partition)
        try:
            # through the kind's own model: PynamoDB then asks for this kind, whichever others it has met
            rows = model(kind).query(
                pk,
                _range(start, after),
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
                self._together(writes)
        except PynamoDBException as error:
            raise _meaning(error, _request_order(writes)) from error
        except BotoCoreError as error:
            raise _unanswered(error) from error

    def _together(self, writes: Sequence[Write]) -> None:
        with TransactWrite(connection=Item._get_connection().connection) as transaction:
            for write in writes:
                if isinstance(write, Put):
                    transaction.save(to_model(write.item), condition=_condition(write.over))
                elif isinstance(write, Delete):
                    transaction.delete(_bare(write.item), condition=_condition(write.over))
                else:
                    transaction.update(_bare(write.item), actions=_actions(write))

    def _connect(self) -> None:
        """Point the models at the table, late, and let PynamoDB speak through our own client.

        PynamoDB makes a client of its own only where it finds none; ours is tuned, and shared with whoever
        else asks DynamoDB. The kinds inherit the connection of their base.
        """
        if self._connected:
            return
        Item.Meta.table_name = self._table_name
        Item._connection = None
        Item._get_connection().connection._client = self._make_client()
        self._connected = True


def _alone(write: Write) -> None:
    if isinstance(write, Put):
        to_model(write.item).save(condition=_condition(write.over))
    elif isinstance(write, Delete):
        _bare(write.item).delete(condition=_condition(write.over))
    else:
        _bare(write.item).update(actions=_actions(write))


def _bare(item: object) -> Item:
    ref = ref_of(item)
    made: Item = model(ref.kind)(*key(ref))
    return made


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
    """ADD for the amounts; SET for kind and keys, which an update alone would leave out."""
    item: Any = write.item
    made = model(type(item))
    actions: list[Action] = [Item.type.set(made)]
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in write.amounts:
            actions.append(getattr(made, field.name).add(write.amounts[field.name]))
        elif value is not None and value != field.default:
            actions.append(getattr(made, field.name).set(value))
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
        clash = any(code == "TransactionConflict" for code in reasons)
        return Conflict(failed) if failed or clash else TryAgain("the table refused the transaction")
    if error.cause_response_code in LOST:
        return Conflict((0,) if error.cause_response_code.startswith("Conditional") else ())
    return _unanswered(error)


def _unanswered(error: Exception) -> TryAgain:
    """With the service's own word for it: a missing permission is not a slow table."""
    code = getattr(error, "cause_response_code", None) or type(error).__name__
    return TryAgain(f"the table did not answer ({code})")
