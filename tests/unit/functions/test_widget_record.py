"""How two tabs agree on a chat: merging gives the same whoever asks, and a state only rises. Run by Node."""

import json
from typing import Any

from tests.support import node

pytestmark = node.needs_node

PRELUDE = """
import { added, begunAnew, marked, merge, read, unread } from "%/../../public_api/web/widget/record.js";
const at = "2026-03-02T05:00:00.000Z";
const own = (id, state, more = {}) =>
  ({ id, mine: true, text: id, at, frame: { action: "message", id }, state, turn: 0, ...more });
const ours = (seq, more = {}) => ({ seq, text: `text ${seq}`, at, ...more });
const empty = { ...read(""), visitor: "v1.A.x" };
const record = (...items) => items.reduce(added, empty);
const shown = ({ items }) => items.map(({ text, state }) => (state ? `${text} ${state}` : text));
// Always the same chances: a failure can be repeated.
let seed = 7;
const chance = (n) => (seed = (seed * 48271) % 2147483647) % n;
const one = (...all) => all[chance(all.length)];
const scored = () =>
  ({ score: 1 + chance(5), state: one("sending", "accepted"), turn: 1, frame: { id: `s${chance(3)}` } });
const anyItem = () => chance(2)
  ? own(`id${chance(6)}`, one("sending", "failed", "accepted"), { turn: chance(3), reason: one("", "why") })
  : ours(1 + chance(8), one({}, {}, scored()));
const anyRecord = () => {
  const begun = { ...empty, visitor: one("", "v1.A.x", "v1.A.y"), signed: chance(2) };
  const made = Array.from({ length: chance(7) }, anyItem).reduce(added, begun);
  return { ...made, seen: chance(5), after: chance(9), epoch: Number(chance(8) === 0) };
};
"""


def run(script: str) -> Any:
    return node.run(PRELUDE + script)


def test_merging_is_the_same_in_any_order_and_however_often() -> None:
    wrong = run("""
        const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
        const wrong = [];
        for (let n = 0; n < 500; n++) {
          const [a, b, c] = [anyRecord(), anyRecord(), anyRecord()];
          if (!same(merge(a, b), merge(b, a))) wrong.push(["order", a, b]);
          if (!same(merge(merge(a, b), b), merge(a, b))) wrong.push(["twice", a, b]);
          if (!same(merge(merge(a, b), c), merge(a, merge(b, c)))) wrong.push(["groups", a, b, c]);
          if (!same(read(JSON.stringify(merge(a, b))), merge(a, b))) wrong.push(["stored", a, b]);
        }
        say(wrong.slice(0, 1));
    """)

    assert wrong == []


def test_a_state_only_rises_and_a_new_turn_is_higher() -> None:
    seen = run("""
        const start = record(own("a", "sending"));
        const sent = marked(start, "a", { state: "accepted" });
        const failed = marked(start, "a", { state: "failed", reason: "no" });
        const again = marked(failed, "a", { state: "sending", turn: 1, reason: "" });
        const ended = [marked(sent, "a", { state: "failed" }), merge(start, sent), merge(failed, start)];
        say([...ended, merge(failed, again), marked(again, "a", { state: "accepted" })].map(shown));
    """)

    assert seen == [["a accepted"], ["a accepted"], ["a failed"], ["a sending"], ["a accepted"]]


def test_ours_stand_in_the_order_of_their_numbers_whenever_they_come() -> None:
    seen = run("say(shown(record(ours(1), own('a', 'accepted'), ours(4), ours(3), ours(2), ours(4))));")

    assert seen == ["text 1", "a accepted", "text 2", "text 3", "text 4"]


def test_who_ended_the_chat_is_not_told_of_it_again_by_another_tab() -> None:
    seen = run("""
        const before = record(ours(1), own("a", "accepted"));
        const ended = begunAnew(before, { floor: 1 });
        const merged = [merge(ended, before), merge(before, ended)];
        say([...merged, added(ended, ours(1)), added(ended, ours(2))].map(shown));
    """)

    assert seen == [[], [], [], ["text 2"]]


def test_two_visitors_in_one_browser_become_the_older_one_with_the_words_of_both() -> None:
    seen = run("""
        const older = { ...record(ours(1), own("a", "sending")), visitor: "v1.A.x" };
        const newer = { ...record(ours(9), own("b", "sending")), visitor: "v1.B.x" };
        const { visitor, items } = merge(newer, older);
        say([visitor, shown({ items })]);
    """)

    assert seen == ["v1.A.x", ["text 1", "a sending", "b sending"]]


def test_a_token_that_was_signed_anew_is_the_one_that_stays() -> None:
    seen = run("""
        const old = { ...empty, visitor: "v1.A.z", signed: 1 };
        const anew = { ...empty, visitor: "v1.A.a", signed: 2 };
        say([merge(old, anew).visitor, merge(anew, old).visitor]);
    """)

    assert seen == ["v1.A.a", "v1.A.a"]


def test_what_is_no_record_gives_what_can_be_used_of_it() -> None:
    texts = ["", "{", "null", "[1]", '"x"', '{"items": {}}', '{"items": [null, {"text": 1}], "after": "9"}']
    seen = run(f"""
        const texts = {json.dumps(texts)};
        const items = [ours(1), {{ seq: 2 }}, own("a", "sending"), {{ ...own("b", "sending"), frame: null }}];
        const other = texts.filter((text) => JSON.stringify(read(text)) !== JSON.stringify(read("")));
        say([other, shown(read(JSON.stringify({{ visitor: "v1.A.x", after: 3, items }})))]);
    """)

    assert seen == [[], ["text 1", "a sending"]]


def test_the_oldest_go_first_and_do_not_come_back() -> None:
    seen = run("""
        const many = Array.from({ length: 205 }, (_, n) => ours(n + 1)).reduce(added, empty);
        const again = added(many, ours(3));
        say([many.items.length, many.floor, again.items.length, unread({ ...many, seen: 200 })]);
    """)

    assert seen == [200, 5, 200, 5]
