"""What the use cases need from the world. Twins: infra/twins; adapters: shared/adapters."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from shared.domain.centre import Centre
from shared.domain.change import Ref, Write
from shared.domain.channel.carriage import AwsAnswer, AwsCall, HttpAnswer, HttpCall, NoAnswer, NotSent
from shared.domain.channel.commands import Due, FetchPart, Raw, Send, Wake
from shared.domain.channel.fetching import Fetched, NotFetched, NotThere, Unfetchable, Upload, Wanted
from shared.domain.channel.named import Named
from shared.domain.desk.login import Enrolment, Tokens
from shared.domain.flow.flow import FlowVersion
from shared.domain.now import Now
from shared.domain.queue_state import QueueStates
from shared.domain.report.checkpoint import Page
from shared.domain.report.table import Table
from shared.domain.roster import Roster
from shared.domain.saved_reply import SavedReply
from shared.domain.template import Template
from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.searched import Found, Indexed, Part

T = TypeVar("T")
R = TypeVar("R")

Clock = Callable[[], datetime]  # the moment, aware, UTC
Ids = Callable[[], str]  # a new ULID
# Perform a described request once; neither raises for what the other side does.
Http = Callable[[HttpCall], HttpAnswer | NotSent | NoAnswer]
Aws = Callable[[AwsCall], AwsAnswer | NotSent | NoAnswer]
# A file from an address that nobody has checked; it never raises for what the other side does.
FetchFile = Callable[[Wanted], Fetched | Unfetchable | NotThere | NotFetched]
TypeOf = Callable[[bytes], str]  # the MIME type of a file by its content, "" for what is not known


class Moment(Protocol):
    def __call__(self, at: datetime | None = None) -> Now:
        """This moment, or `at`, with new ids, the settings in force and the channels. Raises TryAgain."""


class Store(Protocol):
    """The one table. Reads are strongly consistent."""

    def get(self, ref: Ref[T]) -> T | None: ...

    def get_all(self, *refs: Ref[Any], strong: bool = True) -> tuple[Any, ...]:
        """One batch read (at most 100); answers in the order asked. Not `strong` costs half and may be a
        moment old: for who writes on the version read, and asks again for what was not there.
        """

    def find(
        self,
        kind: type[T],
        *partition: object,
        after: str = "",
        limit: int = 100,
        newest_first: bool = False,
        strong: bool = True,
    ) -> tuple[T, ...]:
        """One query: items of this kind under a partition, in key order, behind the key part `after`. Not
        `strong` costs half and may be a moment old.
        """

    def count(self, kind: type, *partition: object, before: str = "", limit: int = 100) -> int:
        """One query that reads no item's text: how many keys lie under a partition, below the key part
        `before`; `limit` where there are more. Of a partition that holds one kind alone.
        """

    def commit(self, *writes: Write) -> None:
        """All or nothing; a Seat is put into its bench, or taken out of it. One write alone is a plain
        conditional write. Raises Conflict (a condition failed, or another transaction was faster) and
        TryAgain.
        """


class Inbox(Protocol):
    """The door's queues, the only thing a webhook writes to."""

    def put(self, events: Sequence[Raw], states: Sequence[Raw]) -> None:
        """When this returns, the events are durable. Raises TryAgain, whereupon some of them may be."""


class Outbox(Protocol):
    """What the publisher hands on, each list in as few requests as the services allow."""

    def send(self, channel: str, commands: Sequence[Send], groups: Sequence[str]) -> None:
        """Raises ChannelOff where the channel has no queue, TryAgain where it does not answer."""

    def fetch(self, commands: Sequence[FetchPart]) -> None: ...

    def wake(self, wakes: Sequence[Wake]) -> None: ...

    def arm(self, dues: Sequence[Due], now: datetime) -> None: ...

    def announce(self, facts: Sequence[Fact]) -> None: ...

    def park(self, record: str, reason: str) -> None:
        """Keep whole what could not be understood, so that the stream goes on."""


class Sockets(Protocol):
    def post(self, connection_id: str, frame: object) -> bool:
        """Send a frame; False when the connection is gone. Raises TryAgain."""

    def close(self, connection_id: str) -> None:
        """End a connection; one that is gone is no error. Raises TryAgain."""


class Settings(Protocol):
    def centre(self) -> Centre: ...

    def flow(self, name: str, n: int = 0) -> FlowVersion | None:
        """The flow as version `n` of the settings has it (0: the one in force); None where there is none."""

    def templates(self) -> tuple[Template, ...]: ...

    def saved_replies(self) -> tuple[SavedReply, ...]:
        """The team's; an agent's own lie in the table."""

    def queue_states(self) -> QueueStates:
        """What supervisors did to queues, apart from the settings. Raises TryAgain."""

    def roster(self) -> Roster:
        """Who can serve what, as the version in force has it."""


class Secrets(Protocol):
    def get(self, secret_id: str) -> Mapping[str, str]:
        """The secret as it holds now, at most 5 minutes old. Raises TryAgain."""

    def candidates(self, secret_id: str) -> Iterator[Mapping[str, str]]:
        """Every version a proof may have been made with: current, previous, and (at most once a minute) the
        current one asked anew. Each is fetched only when the one before did not fit."""

    def changed_at(self, secret_id: str) -> datetime | None:
        """When somebody wrote it last; None where nobody knows. What it says is not read. Raises TryAgain."""


class Files(Protocol):
    def put(self, key: str, body: bytes, content_type: str = "application/octet-stream") -> None: ...

    def get(self, key: str) -> bytes | None: ...

    def each(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """These files with their keys, in the order asked; None for what is not there. Raises TryAgain."""

    def remove(self, keys: Sequence[str]) -> None:
        """What is not there is no error. Raises TryAgain, whereupon some may be gone."""

    def names(self, prefix: str) -> tuple[str, ...]:
        """Keys with this prefix, in order."""

    def sizes(self, prefix: str) -> Mapping[str, int]:
        """The same with the bytes of each."""

    def uri(self, key: str) -> str:
        """The address BI tools of the same account read the file at (s3://…)."""

    def link(self, key: str, seconds: int = 3600, name: str = "", shown: bool = False) -> str:
        """An address anybody can save the file from for a while, under this name or one that tells the day;
        or which a browser may show.
        """

    def place(self, key: str, longest: int, seconds: int) -> Upload:
        """What lets a browser put one file there for a while, of so many bytes at most."""


class Finder(Protocol):
    """An index of the words of texts, in parts: days (YYYY-MM-DD), later their months (YYYY-MM). It is given
    blind marks and names of lines, never a text, and may name a line that is gone. All may TryAgain.
    """

    def parts(self) -> tuple[str, ...]:
        """The parts with a line in them, newest first."""

    def find(self, part: str, marks: Sequence[str], before: int = 0, limit: int = 50) -> tuple[Found, ...]:
        """Lines with all of these marks, latest first; only those placed before `before`, unless it is 0."""

    def add(self, part: str, lines: Sequence[Indexed]) -> None:
        """Each line once, however often it is added."""

    def read(self, part: str) -> Part:
        """All lines of a part; none of one that is not there."""

    def replace(self, part: Part, lines: Iterable[Indexed]) -> None:
        """These lines in the place of those that were read. Raises Conflict where it has changed since."""


class Meter(Protocol):
    def count(self, name: str, number: int = 1, of: Sequence[str] = (), **dimensions: str) -> None:
        """Add to a figure that operators and the ledger read. `of` names what is counted."""

    def settled(self, channel: str, at: datetime, of: Sequence[str]) -> None:
        """Write down which acceptances of a minute have their outcome: names, and no figure."""


class Witness(Protocol):
    """What the ledger asks of others than the table."""

    def accepted(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """Events enqueued at the doors in the span, per channel, as the doors counted them."""

    def waiting(self) -> int:
        """Messages in the doors' queues and their dead letters, now."""


class Journal(Protocol):
    """Acceptances by name, as doors counted them and as each got its outcome (also again). May TryAgain."""

    def accepted(self, begin: datetime, end: datetime) -> Iterable[Named]: ...

    def settled(self, begin: datetime, end: datetime) -> Iterable[Named]: ...


class Census(Protocol):
    def page(self, since: datetime, until: datetime, part: int, of: int, after: str) -> Page:
        """Entries of the span, of one of `of` parts of the table, behind `after`. All pages of all parts are
        the whole table: once a night, not on the way. Raises TryAgain.
        """

    def together(self, work: Callable[[T], R], of: Iterable[T]) -> Iterable[R]:
        """The same work for each part, several at a time; the answers in the order asked."""


class Tables(Protocol):
    def written(self, table: Table, parts: Iterable[bytes]) -> Mapping[str, bytes]:
        """The table as files (`<name>.csv`, `<name>.parquet`), made of JSON lines in the given parts,
        gzipped or not. The same lines in any order and any number give the same bytes.
        """


class StaffPool(Protocol):
    """Logins of the staff. Raises TryAgain."""

    def login(self, email: str, password: str, new_password: str = "", code: str = "") -> Tokens | Enrolment:
        """Refused `login_failed` (401), `new_password_required` (403) at the first login without one, and
        `code_required` or `wrong_code` (403) for the code of an authenticator app. An Enrolment for whom a
        code is demanded who has no such app yet.
        """

    def enrol(self, email: str, session: str, code: str) -> Tokens:
        """The end of a login that an Enrolment began. Refused `wrong_code` (403), `login_over` (401)."""

    def refresh(self, refresh_token: str) -> Tokens:
        """Refused `signed_out` (401)."""

    def revoke(self, refresh_token: str) -> None:
        """End what this token began."""


class AtOnce(Protocol):
    def __call__(self, act: Callable[[T], R], things: Sequence[T]) -> list[R]:
        """`act` on each thing, several at the same time; the answers are in the things' order."""


class Within(Protocol):
    def __call__(self, seconds: float, work: Callable[[], R]) -> R:
        """What the work gives or raises, TryAgain where it takes longer."""


class Postpone(Protocol):
    def __call__(self, queue: str, receipts: Sequence[str], seconds: int) -> None:
        """Let these deliveries of a queue (its ARN) come again after so long. Never raises: without it they
        come when the queue's own visibility timeout is over.
        """
