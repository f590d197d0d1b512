"""The settings of a contact centre: one immutable version at a time."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.calls import NO_CALLS, Calls
from shared.domain.declared import ABUSE_SENTENCES, Abuse, Field, Guide, Tag, Undo
from shared.domain.difference import Difference
from shared.domain.hours import ALWAYS, Hours
from shared.domain.queue import Queue
from shared.domain.staffing import Aux, Profile, Rule, Skill


@dataclass(frozen=True, slots=True)
class Disposition:
    """An outcome the agent picks at the end; `solved` feeds the resolution figures."""

    code: str
    label_ko: str
    label_en: str
    solved: bool = True


@dataclass(frozen=True, slots=True)
class Centre:
    """Durations in seconds. The defaults are those of the demo centre. `thanks_ring`: a thank-you after
    closing opens the case again, as any message does.

    `hours`: when somebody is there. `flow`: the menu that a new conversation enters ("" for none).

    Codes cost money and anybody may ask for one: they go to mobile numbers of `proof_regions` (of
    `phone_region` where none are named), so many a day to a number, for a customer, and in all.
    """

    name: str = "Patchbay Demo"
    zone: str = "Asia/Seoul"
    languages: tuple[str, ...] = ("ko", "en")
    phone_region: str = "KR"
    currency: str = "KRW"
    queues: tuple[Queue, ...] = (Queue(),)
    offer_seconds: int = 30
    heartbeat_gone_seconds: int = 150
    live_silence_seconds: int = 900
    silence_seconds: int = 86_400
    reopen_seconds: int = 259_200
    survey_answer_seconds: int = 86_400
    survey_rest_days: int = 30
    thanks_ring: bool = False
    proof_seconds: int = 300
    proof_tries: int = 5
    proof_regions: tuple[str, ...] = ()
    proofs_a_day: int = 5
    proofs_a_day_customer: int = 5
    proofs_a_day_in_all: int = 200
    reply_give_up_seconds: int = 3600
    receipt_days: int = 40
    hours: Hours = ALWAYS
    flow: str = ""
    service_level_seconds: int = 30
    dispositions: tuple[Disposition, ...] = (
        Disposition("solved", "해결됨", "Solved"),
        Disposition("information", "안내 완료", "Information given"),
        Disposition("follow_up", "후속 조치 필요", "Needs follow-up", solved=False),
        Disposition("no_answer", "고객 응답 없음", "Customer did not answer", solved=False),
        Disposition("spam", "스팸", "Spam", solved=False),
    )
    acw_seconds: int = 60
    decline_rest_seconds: int = 60
    skills: tuple[Skill, ...] = ()
    profiles: tuple[Profile, ...] = ()
    rules: tuple[Rule, ...] = ()
    aux: tuple[Aux, ...] = ()
    tags: tuple[Tag, ...] = ()
    fields: tuple[Field, ...] = ()
    guides: tuple[Guide, ...] = ()
    undo: tuple[Undo, ...] = ()
    abuse: Abuse = ABUSE_SENTENCES
    calls: Calls = NO_CALLS

    @property
    def queue(self) -> Queue:
        """The queue of whatever comes in: the first."""
        return self.queues[0]

    @property
    def pools(self) -> tuple[str, ...]:
        """Every pool once."""
        return tuple(dict.fromkeys(queue.pool for queue in self.queues))

    def pool_of(self, queue: str) -> str:
        """The pool that serves a queue."""
        return self.queue_of(queue).pool

    def priority_of(self, queue: str) -> int:
        return self.queue_of(queue).priority

    def goal_of(self, queue: str) -> int:
        """In how many seconds who waits in a queue is to be answered: its own goal, or the centre's."""
        return self.queue_of(queue).service_level_seconds or self.service_level_seconds

    def queue_of(self, name: str) -> Queue:
        """In the place of a queue that was taken away, its successor, or the first."""
        taken = (one for one in self.queues if name in (one.name, *one.succeeds))
        return next(taken, self.queue)


@dataclass(frozen=True, slots=True)
class Config:
    """A version of the settings; never changed once written. `parts` names what else belongs to it, each an
    item of its own, so that none grows too long and a function reads what it uses. `by` wrote it (an actor),
    `of` is the version it takes up again, 0 where it is none's. `name` is what colleagues call the writer.
    `changes` are the first differences from the version before, of `changed` in all.
    """

    n: int
    centre: Centre
    parts: tuple[str, ...] = ()
    at: datetime | None = None
    by: str = ""
    of: int = 0
    name: str = ""
    changes: tuple[Difference, ...] = ()
    changed: int = 0


@dataclass(frozen=True, slots=True)
class ConfigPointer:
    """Which version holds."""

    n: int


def hours_of(queue: Queue, centre: Centre) -> Hours:
    """When a queue is served, with the zone by whose clock its lines are read."""
    hours = queue.hours or centre.hours
    return replace(hours, zone=hours.zone or centre.zone)
