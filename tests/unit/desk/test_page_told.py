"""What is news on a desk, what of it sounds and shows, and who is meant behind an @. Run by Node."""

from typing import Any

import pytest

from shared.domain.desk.inbox import SWITCHES
from tests.support import node

pytestmark = node.needs_node

PRELUDE = """
import { HOWS, TEXT, WHATS, news, showing, sounding, standing, switchedOn } from "%/desk/told/rules.js";
import { called, calling, fits, namedIn } from "%/desk/told/mention-rules.js";
const none = { offers: [], cases: [], notices: [], followed: [] };
const offer = (offer_id) => ({ offer_id });
const mine = (case_id, last_at, last_from = "customer") => ({ case_id, last_at, last_from });
const all = new Set(WHATS.flatMap((what) => HOWS.map((how) => `${what}.${how}`)));
const state = { on: all, front: false, now: 10_000, last: -1e9 };
const fresh = (...whats) => whats.map((what, n) => ({ what, id: `${n}`, about: {} }));
const stands = (desk) => desk && standing({ ...none, ...desk });
const told = (before, after) => news(stands(before), stands(after)).map(({ what, id }) => [what, id]);
"""


def run(script: str) -> Any:
    return node.run(PRELUDE + script)


def test_page_and_table_know_the_same_switches() -> None:
    assert {*run("say([TEXT, ...all]);")} == SWITCHES


def test_offers_and_mentions_sound_until_the_agent_chooses_otherwise_and_nothing_may_be_chosen() -> None:
    seen = run(
        """say([[...switchedOn(null)].filter((one) => one.endsWith("sound")), [...switchedOn([])]]);"""
    )

    assert seen == [["offers.sound", "mentions.sound"], []]


def test_a_customers_word_in_a_case_of_ours_is_news_and_our_own_is_not() -> None:
    seen = run("""
        const before = { cases: [mine("A", "1"), mine("B", "1"), mine("C", "1")] };
        say(told(before, { cases: [mine("A", "2"), mine("B", "2", "agent:me"), mine("C", "1")] }));
    """)

    assert seen == [["messages", "A 2"]]


def test_a_case_that_has_just_come_is_no_message() -> None:
    seen = run("""say(told({ cases: [] }, { cases: [mine("A", "1")], offers: [offer("O")] }));""")

    assert seen == [["offers", "O"]]


def test_at_the_first_look_only_an_offer_is_news() -> None:
    seen = run("""
        const followed = [{ case_id: "F", last_at: "1" }];
        say(told(null, { offers: [offer("O")], cases: [mine("A", "1")], notices: [{ id: "N" }], followed }));
    """)

    assert seen == [["offers", "O"]]


def test_fifty_lines_after_a_reconnect_sound_once() -> None:
    seen = run("""
        const cases = (at) => Array.from({ length: 50 }, (_, n) => mine(`C${n}`, at));
        const many = news(standing({ ...none, cases: cases("1") }), standing({ ...none, cases: cases("2") }));
        const shown = showing(many, state);
        say([many.length, sounding(many, state), shown.map(({ what, n }) => [what, n])]);
    """)

    assert seen == [50, {"what": "messages", "wait": 0}, [["many", 50]]]


def test_in_front_of_the_agent_only_an_offer_sounds_and_nothing_shows() -> None:
    seen = run("""
        const front = { ...state, front: true };
        const both = [fresh("messages", "mentions", "followed"), fresh("offers", "messages")];
        say(both.map((one) => [sounding(one, front), showing(one, front)]));
    """)

    assert seen == [[None, []], [{"what": "offers", "wait": 0}, []]]


def test_two_sounds_lie_two_seconds_apart_and_only_an_offer_waits_for_its_turn() -> None:
    seen = run("""
        const soon = { ...state, last: 9_500 };
        say([sounding(fresh("messages"), soon), sounding(fresh("offers"), soon)]);
    """)

    assert seen == [None, {"what": "offers", "wait": 1500}]


def test_what_is_switched_off_neither_sounds_nor_shows() -> None:
    seen = run("""
        const on = new Set(["messages.desktop", "mentions.sound"]);
        const one = fresh("offers", "messages", "mentions");
        const quiet = { ...state, on };
        say([sounding(one, quiet).what, showing(one, quiet).map(({ what }) => what)]);
    """)

    assert seen == ["mentions", ["messages"]]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("@", ""),
        ("see @Ag", "Ag"),
        ("(@Agent T", "Agent T"),
        ("@김미", "김미"),
        ("mail ana@shop", None),
        ("@one\nmore", None),
        ("@ then", None),
        ("nobody", None),
    ],
)
def test_an_at_calls_somebody_at_the_beginning_of_a_word_alone(text: str, word: str | None) -> None:
    seen = run(f"const text = {text!r}; say(calling(text, text.length)?.word ?? null);")

    assert seen == word


@pytest.mark.parametrize(
    "typed", ["", "민", "김ㅁ", "김미", "ㄱㅁㅅ", "김민", "김민ㅅ", "ㅁㅅ", "Lee", "김밍"]
)
def test_a_name_is_found_by_parts_half_syllables_and_initial_consonants(typed: str) -> None:
    names = ["김민수", "박서준", "Ana Lee", "김민아"]

    found = run(f"say({names!r}.filter((name) => fits(name, {typed!r})));")

    expected = {
        "": names,
        "Lee": ["Ana Lee"],
        "ㄱㅁㅅ": ["김민수"],
        "김민ㅅ": ["김민수"],
        "ㅁㅅ": ["김민수"],
        "김밍": [],
    }
    assert found == expected.get(typed, ["김민수", "김민아"])


def test_a_final_consonant_that_belongs_to_the_next_syllable_finds_the_name() -> None:
    assert run("""say([fits("박서준", "박섲"), fits("박서준", "박석")]);""") == [True, False]


def test_a_chosen_name_stands_in_the_place_of_what_was_typed() -> None:
    seen = run("""
        const text = "Ask @ag please";
        say(called(text, calling(text, 7), "Agent Two"));
    """)

    assert seen == {"text": "Ask @Agent Two please", "caret": 15}


def test_a_name_that_two_colleagues_have_means_neither_until_one_is_chosen() -> None:
    seen = run("""
        const people = [{ id: "1", name: "Kim" }, { id: "2", name: "Kim" }, { id: "3", name: "Lee" }];
        say(namedIn("@Kim and @Lee", people).map(({ id }) => id));
    """)

    assert seen == ["3"]


def test_who_was_called_is_told_only_while_the_name_stands_in_the_note() -> None:
    seen = node.run("""
        import { Drafts } from "%/desk/drafts.js";
        const drafts = new Drafts();
        drafts.call("K", [{ id: "1", name: "Kim" }, { id: "2", name: "Lee" }]);
        drafts.call("K", [{ id: "1", name: "Kim" }]);
        const ids = (text) => drafts.calledIn("K", text).map(({ id }) => id);
        const before = [ids("@Kim, see @Lee"), ids("@Lee only")];
        drafts.hangUp("K");
        say([...before, ids("@Lee only")]);
    """)

    assert seen == [["1", "2"], ["2"], []]
