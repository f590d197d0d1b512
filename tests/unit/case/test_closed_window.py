"""Where a channel closes its window, nobody writes into it: not the desk, and no survey."""

from dataclasses import replace
from typing import Any

import pytest

from functions import channels
from infra.twins.world import World
from shared.adapters.table import from_image, to_image
from shared.domain.errors import Refused
from shared.domain.template import Template, TemplateUse
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.traits import channels_of
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.desk.see_customer import SeeCustomer
from tests.support.rule_scene import RuleScene

HOUR = 3600


def scene(**traits: Any) -> RuleScene:
    """A centre whose SMS may be answered for a day after the customer wrote."""
    sms = replace(channels.traits().of("sms"), window_hours=24, starts=False, **traits)
    return RuleScene(World(channels=channels_of([sms, channels.traits().of("chat")])))


def test_a_reply_after_the_window_is_refused_with_its_reason() -> None:
    centre = scene()
    centre.taken()
    centre.world.clock.advance(24 * HOUR)

    with pytest.raises(Refused) as refused:
        centre.says("Sorry for the wait")

    assert (refused.value.code, refused.value.status) == ("window_closed", 422)


def test_another_word_of_the_customer_opens_it_and_our_own_does_not() -> None:
    centre = scene()
    centre.taken()
    centre.world.clock.advance(23 * HOUR)
    centre.says("Soon", key="key-0001")
    centre.world.clock.advance(2 * HOUR)

    with pytest.raises(Refused):
        centre.says("Now", key="key-0002")
    centre.sms("And?")

    assert centre.says("Now", key="key-0003").text == "Now"


def test_a_person_may_answer_longer_where_the_channel_says_so() -> None:
    centre = scene(human_window_hours=168)
    centre.taken()
    centre.world.clock.advance(48 * HOUR)

    assert centre.says("Sorry for the wait").text == "Sorry for the wait"


def test_the_desk_is_told_what_may_go_out_and_until_when() -> None:
    centre = scene()
    centre.taken()
    see = SeeCustomer(*centre.needs)

    (before,) = see.card(centre.head().customer_id, "en").reply_channels
    centre.world.clock.advance(24 * HOUR)
    (after,) = see.card(centre.head().customer_id, "en").reply_channels

    assert (before.allowed, before.window, before.until) == (True, "open", "2026-01-06T09:00:00.000Z")
    assert (after.allowed, after.reason, after.window, after.until) == (False, "window_closed", "never", None)


def test_nobody_is_asked_for_a_score_after_the_window() -> None:
    centre = scene()
    centre.taken()
    closed = centre.closes()
    centre.world.clock.advance(25 * HOUR)

    centre.surveys(closed)

    assert [entry.facts["reason"] for entry in centre.entries(Kind.SURVEY_SUPPRESSED)] == ["window_closed"]


ORDER = Template("sms", "order", "en", "utility", "Your order {{1}} is {{2}}.", ("number", "state"))


def replies(centre: RuleScene, use: TemplateUse, key: str = "key-0001") -> Entry:
    say = ReplyToCustomer(*centre.needs, lambda: [ORDER])
    head = centre.head()
    return say("one", head.customer_id, head.cases[0].id, "sms", None, "", key, template=use)


def test_a_template_goes_out_where_the_window_is_closed() -> None:
    centre = scene(templates=True)
    centre.taken()
    centre.world.clock.advance(24 * HOUR)
    use = TemplateUse("order", "en", ("1234", "on its way"))

    said = replies(centre, use)
    again = replies(centre, use)

    assert (said.text, said.template) == ("Your order 1234 is on its way.", use)
    assert (again.seq, from_image(to_image(said))) == (said.seq, said)


@pytest.mark.parametrize(
    "use",
    [TemplateUse("order", "ko", ("1", "2")), TemplateUse("order", "en", ("1",)), TemplateUse("other", "en")],
)
def test_a_template_that_is_none_is_refused(use: TemplateUse) -> None:
    centre = scene(templates=True)
    centre.taken()

    with pytest.raises(Refused, match="no_template"):
        replies(centre, use)


def test_where_nothing_may_go_out_a_template_may_not_either() -> None:
    centre = scene()
    centre.taken()
    centre.world.clock.advance(24 * HOUR)

    with pytest.raises(Refused, match="window_closed"):
        replies(centre, TemplateUse("order", "en", ("1", "2")))
