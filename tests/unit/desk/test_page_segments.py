"""The desk counts SMS segments as the rule does, for the table of cases and for any other text."""

import json
from random import Random

from shared.domain.channel.segments import BASIC, EXTENDED, segments
from tests.support.node import needs_node, run
from tests.support.segment_cases import SEGMENT_CASES

pytestmark = needs_node


def test_the_desks_counter_and_the_rule_say_the_same() -> None:
    chance = Random(7)
    own, any_script = sorted(BASIC | EXTENDED), ["a", "]", "가", "ç", "😀", "🏳", "\n"]
    more = [
        "".join(chance.choices(letters, k=chance.randint(0, 1600)))
        for letters in (own, any_script, ["]", "a"], ["😀", "가"])
        for _ in range(50)
    ]
    texts = [text for text, _ in SEGMENT_CASES.values()] + more

    counted = run(f"""
        import {{ segments }} from "%/desk/segments.js";
        say({json.dumps(texts)}.map(segments));
    """)

    assert counted == [segments(text) for text in texts]
