"""Templates at the desk: what may be chosen, what the customer reads, what is still missing."""

from typing import Any

from tests.support import node

pytestmark = node.needs_node


def run(script: str) -> Any:
    return node.run(f"""
        import {{ filled, problemOf, usable }} from "%/desk/templates.js";
        const order = {{ channel: "sms",
          text: "{{{{1}}}} is {{{{2}}}}, {{{{1}}}}.", parameters: ["number", "state"] }};
        const closed = {{ channel: "sms", allowed: false, reason: "window_closed", window: "template_only" }};
        {script}
    """)


def test_its_places_are_filled_in_their_order_and_each_as_often_as_it_stands_there() -> None:
    assert run('say(filled(order, ["A1", "here {{1}}"]));') == "A1 is here {{1}}, A1."


def test_a_place_that_is_empty_or_blank_is_named() -> None:
    words = "(name) => `fill ${name}`"

    seen = run(f'say([["", "x"], ["x", " "], ["x", "y"]].map((all) => problemOf(order, all, {words})));')

    assert seen == ["fill number", "fill state", ""]


def test_a_closed_way_is_open_for_a_template_where_its_channel_has_one() -> None:
    seen = run("""
        const others = [{ window: "never" }, { reason: "opted_out" }, { channel: "chat" }];
        const ways = [closed, ...others.map((one) => ({ ...closed, ...one }))];
        say(ways.map((way) => usable(way, [order])).map((way) => [way.allowed, Boolean(way.only_template)]));
    """)

    assert seen == [[True, True], [False, False], [False, False], [False, False]]
