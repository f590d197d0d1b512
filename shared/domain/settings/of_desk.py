"""What is wrong with what a centre declares for its desk: tags, customer fields, guided work, saved replies,
how long a reply is held, and what an abusive customer is told.
"""

from collections.abc import Iterator, Sequence

from shared.domain.declared import ABUSE, FIELD_KINDS, Abuse, Field, Guide
from shared.domain.saved_reply import ACTIONS, ReplyAction, SavedReply
from shared.domain.settings.document import Document
from shared.domain.settings.names import once, plain, unknown
from shared.domain.settings.numbers import LONGEST, within
from shared.domain.settings.problem import Path, Problem, problem

REPLIES = "saved_replies"
MOST_REPLIES, MOST_TAGS, MOST_FIELDS, MOST_STEPS = 200, 200, 50, 30
LONGEST_REPLY, LONGEST_LABEL = 4000, 120  # characters
LONGEST_SNOOZE = 24 * 90  # hours


def of_desk(told: Document, channels: Sequence[str]) -> Iterator[Problem]:
    centre = told.centre
    yield from plain("tags", [one.code for one in centre.tags], "code")
    yield from plain("fields", [one.code for one in centre.fields], "code")
    yield from plain("guides", [one.name for one in centre.guides])
    yield from _most(("tags",), len(centre.tags), MOST_TAGS)
    yield from _most(("fields",), len(centre.fields), MOST_FIELDS)
    for place, one in enumerate(centre.dispositions):
        if one.code == ABUSE:
            yield problem(("dispositions", str(place), "code"), "reserved", name=ABUSE)
    for place, field in enumerate(centre.fields):
        yield from _of_field(("fields", str(place)), field)
    for place, guide in enumerate(centre.guides):
        yield from _of_guide(("guides", str(place)), guide, [queue.name for queue in centre.queues])
    yield from once(("undo",), [one.channel for one in centre.undo])
    yield from unknown(("undo",), "no_channel", (one.channel for one in centre.undo), channels)
    for held in centre.undo:
        yield from within(("undo",), held.seconds, 0, 30)
    yield from _of_abuse(centre.abuse)
    yield from _of_replies(told)


def _of_field(path: Path, field: Field) -> Iterator[Problem]:
    yield from unknown((*path, "kind"), "no_kind", [field.kind], FIELD_KINDS)
    if (field.kind == "choice") != bool(field.choices):
        yield problem((*path, "choices"), "choices", name=field.code)
    yield from once((*path, "choices"), field.choices)
    for value in field.choices:
        yield from _words((*path, "choices"), value)


def _of_guide(path: Path, guide: Guide, queues: Sequence[str]) -> Iterator[Problem]:
    if guide.queue:
        yield from unknown((*path, "queue"), "no_such_queue", [guide.queue], queues)
    if not guide.steps:
        yield problem((*path, "steps"), "none_named")
    yield from _most((*path, "steps"), len(guide.steps), MOST_STEPS)
    yield from plain("steps", [one.code for one in guide.steps], "code", above=path)
    for place, step in enumerate(guide.steps):
        yield from _words((*path, "steps", str(place)), step.label_ko or step.label_en)


def _of_abuse(abuse: Abuse) -> Iterator[Problem]:
    yield from within(("abuse", "break_minutes"), abuse.break_minutes, 0, 120)
    for part in ("ko", "en", "notice_ko", "notice_en"):
        yield from _words(("abuse", part), getattr(abuse, part), LONGEST)


def _of_replies(told: Document) -> Iterator[Problem]:
    codes = [one.code for one in told.replies]
    yield from plain(REPLIES, codes, "code")
    yield from _most((REPLIES,), len(codes), MOST_REPLIES)
    for place, reply in enumerate(told.replies):
        yield from _of_reply((REPLIES, str(place)), reply, told)


def _of_reply(path: Path, reply: SavedReply, told: Document) -> Iterator[Problem]:
    queues = [one.name for one in told.centre.queues]
    yield from unknown((*path, "queues"), "no_such_queue", reply.queues, queues)
    if not (reply.text_ko or reply.text_en or reply.actions):
        yield problem((*path, "text_ko"), "words", value=0, most=LONGEST_REPLY)
    for part, most in (
        ("text_ko", LONGEST_REPLY),
        ("text_en", LONGEST_REPLY),
        ("title_ko", LONGEST_LABEL),
        ("title_en", LONGEST_LABEL),
    ):
        if len(text := getattr(reply, part)) > most:
            yield problem((*path, part), "words", value=len(text), most=most)
    yield from once((*path, "actions"), [one.what for one in reply.actions if one.what != "tag"])
    for action in reply.actions:
        yield from _of_action((*path, "actions"), action, told)


def _of_action(path: Path, action: ReplyAction, told: Document) -> Iterator[Problem]:
    centre = told.centre
    known = {
        "close": ("no_disposition", [one.code for one in centre.dispositions]),
        "tag": ("no_tag", [one.code for one in centre.tags]),
        "transfer": ("no_such_queue", [one.name for one in centre.queues]),
    }
    yield from unknown(path, "no_action", [action.what], ACTIONS)
    if action.what in known:
        code, names = known[action.what]
        yield from unknown(path, code, [action.value], names)
    if action.what == "snooze":
        hours = int(action.value) if action.value.isascii() and action.value.isdecimal() else 0
        yield from within(path, hours, 1, LONGEST_SNOOZE)


def _words(path: Path, text: str, most: int = LONGEST_LABEL) -> Iterator[Problem]:
    if not 0 < len(text) <= most:
        yield problem(path, "words", value=len(text), most=most)


def _most(path: Path, count: int, most: int) -> Iterator[Problem]:
    if count > most:
        yield problem(path, "too_many", value=count, most=most)
