"""Documents with anything in them that a file can say, right or wrong."""

from typing import Any

from hypothesis import strategies as st

from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.declared import FIELD_KINDS, Abuse, Field, Guide, GuideStep, Tag, Undo
from shared.domain.hours import Hours
from shared.domain.queue import AGENT_ORDER, Announcement, Need, Overflow, Queue, Ring
from shared.domain.saved_reply import ACTIONS, ReplyAction, SavedReply
from shared.domain.settings.document import Document
from shared.domain.staffing import Aux, Interrupts, Limit, Member, Profile, Rule, Skill, When
from shared.domain.template import Template
from tests.support.flows import WELCOME

NAMES = st.sampled_from(["main", "a", "b", "no", "12", "x_1"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)
SECONDS = st.integers(0, 9999)


def some(one: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def once(one: st.SearchStrategy[Any], key: str, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Things of which none is named twice."""
    return st.lists(one, max_size=most, unique_by=lambda thing: getattr(thing, key)).map(tuple)


NEEDS = once(st.builds(Need, NAMES, st.integers(1, 5)), "skill")
LABELS = {"label_ko": WORDS, "label_en": WORDS}
HOURS = st.builds(Hours, some(WORDS), some(WORDS), WORDS, WORDS)
RINGS = st.builds(Ring, SECONDS, some(NAMES), some(NAMES))
QUEUES = st.builds(
    Queue,
    NAMES,
    NAMES,
    st.integers(1, 9),
    **LABELS,
    needs=NEEDS,
    channels=some(NAMES),
    hours=st.none() | HOURS,
    service_level_seconds=SECONDS,
    rings=some(RINGS),
    overflow=st.none() | st.builds(Overflow, NAMES, SECONDS),
    agent_order=st.permutations(AGENT_ORDER).map(tuple),
    preferred_seconds=SECONDS,
    keeps_age=st.booleans(),
    callback=st.booleans(),
    announcements=some(st.builds(Announcement, SECONDS, WORDS, WORDS)),
    alternatives=some(NAMES),
    succeeds=some(NAMES),
    last_agent_days=SECONDS,
)
PROFILES = st.builds(
    Profile,
    NAMES,
    some(NAMES),
    once(st.builds(Limit, NAMES, SECONDS), "channel"),
    once(st.builds(Interrupts, NAMES, some(NAMES)), "channel"),
)
WHEN = once(st.builds(When, NAMES, some(NAMES)), "fact")
RULES = st.builds(Rule, WHEN, NAMES | st.just(""), NEEDS, st.integers(0, 9))
FIELDS = st.builds(Field, NAMES, **LABELS, kind=st.sampled_from(FIELD_KINDS), choices=some(WORDS))
STEPS = once(st.builds(GuideStep, NAMES, WORDS, WORDS), "code")
GUIDES = st.builds(Guide, NAMES, STEPS, NAMES | st.just(""), NAMES | st.just(""))
ABUSES = st.builds(Abuse, WORDS, WORDS, SECONDS, WORDS, WORDS)
DOES = once(st.builds(ReplyAction, st.sampled_from(ACTIONS), NAMES), "what")
REPLIES = st.builds(SavedReply, NAMES, WORDS, WORDS, WORDS, WORDS, DOES, some(NAMES))
CENTRES = st.builds(
    Centre,
    name=WORDS,
    queues=once(QUEUES, "name"),
    offer_seconds=SECONDS,
    thanks_ring=st.booleans(),
    hours=HOURS,
    acw_seconds=SECONDS,
    skills=once(st.builds(Skill, NAMES, **LABELS), "name"),
    profiles=once(PROFILES, "name"),
    rules=some(RULES),
    aux=once(st.builds(Aux, NAMES, **LABELS), "code"),
    tags=once(st.builds(Tag, NAMES, **LABELS), "code"),
    fields=once(FIELDS, "code"),
    guides=once(GUIDES, "name"),
    undo=once(st.builds(Undo, NAMES, SECONDS), "channel"),
    abuse=ABUSES,
    calls=st.builds(Calls, *[st.booleans()] * 6),
)
TEMPLATES = once(st.builds(Template, NAMES, NAMES, NAMES, NAMES, WORDS, some(NAMES)), "name")


def documents() -> st.SearchStrategy[Document]:
    members = once(
        st.builds(Member, NAMES, NAMES, NEEDS, st.sampled_from(["", "+821055500001", "sip:a@b.example"])),
        "login",
    )
    flows = st.sampled_from([(), (WELCOME,)])
    return st.builds(Document, CENTRES, TEMPLATES, flows, members, once(REPLIES, "code"))
