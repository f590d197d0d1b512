"""What may be said on a channel now: open, a person only, a template only, or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions import channels
from infra.twins.clock import START
from shared.domain.timeline.entry import Kind
from shared.domain.traits import UTF16, Traits
from shared.domain.window import Allowed, Window, opens, window

FREE = Traits("any", "phone", "", "", "", ("", ""), starts=True)
DAY = replace(FREE, window_hours=24, starts=False)
WITH_TEMPLATES = replace(DAY, templates=True)
WITH_PEOPLE = replace(DAY, human_window_hours=24 * 7)
RANK = (Allowed.NEVER, Allowed.TEMPLATE_ONLY, Allowed.HUMAN_ONLY, Allowed.OPEN)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("traits", "since", "allowed"),
    [
        (FREE, None, Allowed.OPEN),
        (FREE, 10_000, Allowed.OPEN),
        (replace(FREE, starts=False), None, Allowed.NEVER),
        (replace(FREE, starts=False), 10_000, Allowed.OPEN),
        (DAY, None, Allowed.NEVER),
        (DAY, 23.9, Allowed.OPEN),
        (DAY, 24, Allowed.NEVER),
        (WITH_TEMPLATES, None, Allowed.TEMPLATE_ONLY),
        (WITH_TEMPLATES, 24, Allowed.TEMPLATE_ONLY),
        (WITH_PEOPLE, 24, Allowed.HUMAN_ONLY),
        (WITH_PEOPLE, 168, Allowed.NEVER),
        (replace(WITH_PEOPLE, templates=True), 168, Allowed.TEMPLATE_ONLY),
    ],
)
def test_what_is_allowed_follows_from_the_traits_and_the_last_event(
    traits: Traits, since: float | None, allowed: Allowed
) -> None:
    last = None if since is None else START - hours(since)

    assert window(traits, last, START).allowed is allowed


def test_a_window_says_until_when() -> None:
    assert window(DAY, START, START) == Window(Allowed.OPEN, START + hours(24))
    assert window(WITH_PEOPLE, START - hours(30), START).until == START + hours(138)
    assert window(FREE, START, START).until is None


TRAITS = st.builds(
    lambda free, more, templates, starts: replace(
        FREE,
        window_hours=free,
        human_window_hours=(free + more) if free and more else 0,
        templates=templates,
        starts=starts,
    ),
    st.integers(0, 72),
    st.integers(0, 200),
    st.booleans(),
    st.booleans(),
)
SPANS = st.floats(0, 500, allow_nan=False)


@given(TRAITS, SPANS, SPANS)
def test_time_alone_never_opens_a_window(traits: Traits, since: float, later: float) -> None:
    before, after = (window(traits, START, START + hours(n)) for n in (since, since + later))

    assert RANK.index(after.allowed) <= RANK.index(before.allowed)


@given(TRAITS, SPANS, SPANS)
def test_a_later_event_never_closes_a_window(traits: Traits, since: float, later: float) -> None:
    old, new = (window(traits, START - hours(n), START) for n in (since + later, since))

    assert RANK.index(new.allowed) >= RANK.index(old.allowed)


@given(TRAITS, SPANS)
def test_nothing_changes_before_the_moment_a_window_names(traits: Traits, since: float) -> None:
    at = START + hours(since)
    found = window(traits, START, at)

    if found.until:
        assert window(traits, START, found.until - timedelta(seconds=1)).allowed is found.allowed
        assert window(traits, START, found.until).allowed is not found.allowed


@pytest.mark.parametrize("traits", channels.traits().all, ids=lambda traits: traits.name)
def test_a_channel_names_the_kinds_that_open_its_window(traits: Traits) -> None:
    assert set(traits.opens_window) <= set(Kind)
    assert opens(traits, Kind.MESSAGE_RECEIVED) and not opens(traits, Kind.INTERACTION_ENDED)
    assert not traits.human_window_hours or traits.human_window_hours > traits.window_hours


@pytest.mark.parametrize(("text", "length"), [("한글", 2), ("👍", 2), ("👩‍👩‍👧", 8), ("a\nb", 3)])
def test_a_length_in_utf16_counts_units(text: str, length: int) -> None:
    assert replace(FREE, text_unit=UTF16).length(text) == length
