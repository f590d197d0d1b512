"""What an agent does on a case, as one thing to call."""

from collections.abc import Callable
from itertools import count

from shared.ports import Moment, Store
from shared.use_cases.case.ask_code import AskCode
from shared.use_cases.case.close_case import CloseCase
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.desk.write_note import WriteNote
from shared.use_cases.identity.prove_number import six_digits

KEYS = count()


class Answering:
    def __init__(self, store: Store, now: Moment, new_code: Callable[[], str] = six_digits) -> None:
        self.reply = ReplyToCustomer(store, now)
        self.note = WriteNote(store, now)
        self._close = CloseCase(store, now)
        self.ask_code = AskCode(store, now, new_code)

    def close(
        self, agent_id: str, customer_id: str, case_id: str, disposition: str, note: str = "", key: str = ""
    ) -> None:
        """Each closing has a key of its own where none is named."""
        self._close(agent_id, customer_id, case_id, disposition, note, key or f"closing-{next(KEYS):06}")
