"""Ctrl-C in any second: heard once, however often and whenever it comes."""

import signal
from collections.abc import Iterator

import pytest

from infra.local.stop import SIGNALS, Stop, Stopped, held_back


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Those of the tests themselves, put back."""
    kept = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_the_block_and_the_next_one_does_not_end_what_cleans_up(number: int) -> None:
    stop, cleaned = Stop(), []

    with pytest.raises(Stopped), stop.at_once():
        try:
            signal.raise_signal(number)
        finally:
            signal.raise_signal(number)
            cleaned.append(number)

    assert (stop.asked, cleaned) == (True, [number])


def test_a_signal_from_before_the_block_ends_it_too() -> None:
    stop = Stop()
    signal.raise_signal(signal.SIGINT)

    with pytest.raises(Stopped), stop.at_once():
        pytest.fail("it was asked to stop before")


def test_outside_the_block_a_signal_interrupts_nothing() -> None:
    stop = Stop()

    signal.raise_signal(signal.SIGTERM)

    assert stop.asked


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_while_a_child_is_started_is_heard_as_soon_as_the_child_is_known(number: int) -> None:
    stop, known = Stop(), []

    with pytest.raises(Stopped), stop.at_once(), held_back():
        signal.raise_signal(number)
        known.append("child")

    assert known == ["child"]


def test_what_fails_meanwhile_is_told_and_the_handlers_are_back() -> None:
    stop = Stop()

    with pytest.raises(OSError, match="no such program"), held_back():
        raise OSError("no such program")
    signal.raise_signal(signal.SIGHUP)

    assert stop.asked
