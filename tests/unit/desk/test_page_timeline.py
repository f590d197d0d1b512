"""The desk's timeline: never twice, never a hole, whatever comes first. Run by Node where there is one."""

from typing import Any

from tests.support import node

pytestmark = node.needs_node

PRELUDE = """
import { Timeline } from "%/desk/timeline.js";
import { pieces } from "%/kit/addresses.js";
const received = { customer_id: "C", facts: {}, kind: "message_received", actor: "customer" };
const sent = { kind: "message_sent", actor: "agent:A", channel: "chat" };
const at = (seq) => `2026-01-01T00:00:0${seq}.000Z`;
const entry = (seq, more = {}) => ({ ...received, seq, at: at(seq), text: `text ${seq}`, ...more });
const ours = (seq, text, more = {}) => entry(seq, { ...sent, text, delivery: "queued", ...more });
const writing = (key, text) => ({ ...sent, key, text, state: "pending" });
const shown = (timeline) => [
  ...timeline.ordered().map((one) => one.text),
  ...timeline.pending.map((one) => `(${one.text})`),
];
const timeline = new Timeline();
timeline.takePage([entry(1), entry(2)], 0);
timeline.loaded = true;
"""


def run(script: str) -> Any:
    return node.run(PRELUDE + script)


def test_a_reply_is_shown_once_when_its_entry_comes_before_the_answer() -> None:
    seen = run("""
        timeline.pending.push(writing("k1", "hello"));
        timeline.take(ours(3, "hello"));
        timeline.take(ours(3, "hello"), "k1");
        timeline.drop("k1");
        say(shown(timeline));
    """)

    assert seen == ["text 1", "text 2", "hello"]


def test_a_reply_is_shown_once_when_the_answer_comes_before_its_entry() -> None:
    seen = run("""
        timeline.pending.push(writing("k1", "hello"));
        const before = shown(timeline);
        timeline.take(ours(3, "hello"), "k1");
        timeline.drop("k1");
        const between = shown(timeline);
        timeline.take(ours(3, "hello"));
        say([before, between, shown(timeline)]);
    """)

    hello = ["text 1", "text 2", "hello"]
    assert seen == [["text 1", "text 2", "(hello)"], hello, hello]


def test_the_same_words_written_twice_are_two_replies() -> None:
    seen = run("""
        timeline.pending.push(writing("k1", "ok"), writing("k2", "ok"));
        timeline.take(ours(3, "ok"));
        const one = shown(timeline);
        timeline.take(ours(4, "ok"));
        say([one, shown(timeline)]);
    """)

    assert seen == [["text 1", "text 2", "ok", "(ok)"], ["text 1", "text 2", "ok", "ok"]]


def test_the_same_words_of_a_colleague_are_not_taken_for_ours() -> None:
    seen = run("""
        timeline.pending.push(writing("k1", "ok"));
        timeline.take(ours(3, "ok", { actor: "agent:B" }));
        say(shown(timeline));
    """)

    assert seen == ["text 1", "text 2", "ok", "(ok)"]


def test_an_entry_that_comes_again_is_the_same_entry() -> None:
    seen = run("say([timeline.take(entry(3)), timeline.take(entry(3)), shown(timeline).length]);")

    assert seen == ["new", "same", 3]


def test_a_hole_is_noticed_and_asked_for_from_its_edge() -> None:
    seen = run("""
        timeline.take(entry(4));
        const hole = [timeline.misses(entry(4)), timeline.whole];
        timeline.takePage([entry(3), entry(4)], 2);
        say([hole, timeline.misses(entry(4)), timeline.whole, shown(timeline).length]);
    """)

    assert seen == [[True, 2], False, 4, 4]


def test_delivery_only_rises() -> None:
    seen = run("""
        const states = ["queued", "delivered", "sent", "failed", "read"];
        say(states.map((delivery) => timeline.take(ours(3, "hello", { delivery }))));
    """)

    assert seen == ["new", "changed", "same", "same", "changed"]


def test_what_is_on_its_way_is_asked_for_again() -> None:
    seen = run("""
        timeline.take(ours(3, "hello"));
        timeline.take(entry(4));
        const before = timeline.settled;
        timeline.take(ours(3, "hello", { delivery: "delivered" }));
        say([before, timeline.settled]);
    """)

    assert seen == [2, 4]


def test_members_of_a_merged_customer_stand_in_the_order_of_time() -> None:
    seen = run("""
        timeline.take(entry(1, { customer_id: "D", at: "2026-01-01T00:00:01.500Z", text: "other" }));
        say(shown(timeline));
    """)

    assert seen == ["text 1", "other", "text 2"]


def test_a_clock_that_went_back_does_not_turn_numbers_around() -> None:
    seen = run("""
        timeline.take(entry(3, { at: "2026-01-01T00:00:00.000Z" }));
        say(shown(timeline));
    """)

    assert seen == ["text 1", "text 2", "text 3"]


def test_an_address_in_a_message_is_a_link_without_what_is_written_against_it() -> None:
    seen = run("""
        const addresses = (text) => pieces(text).filter((part) => part.address).map((part) => part.text);
        const texts = ["See https://a.test/x?y=1&z=2.", "(http://a.test/x)", "https://a.test/x를 보세요"];
        say([...texts, "javascript:alert(1)"].map(addresses));
    """)

    assert seen == [["https://a.test/x?y=1&z=2"], ["http://a.test/x"], ["https://a.test/x"], []]


def test_what_became_of_a_file_is_taken_and_an_older_word_of_it_is_not() -> None:
    seen = run("""
        const files = (...states) => ({ files: states.map((state, n) => ({ n, state })) });
        const states = () => timeline.entries.get("C/3").files.map(({ state }) => state);
        timeline.take(entry(3, files("waiting", "waiting")));
        const asked = timeline.settled;
        const words = [files("stored", "waiting"), files("waiting", "waiting"), files("stored", "refused")];
        const told = words.map((word) => timeline.take(entry(3, word)));
        say([asked, told, states(), timeline.settled]);
    """)

    assert seen == [2, ["changed", "same", "changed"], ["stored", "refused"], 3]
