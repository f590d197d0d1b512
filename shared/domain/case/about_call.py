"""What a flow that talks on the phone may ask of the centre, without the customer's own head."""

from shared.domain.case.notice import about_hours
from shared.domain.customer.head import Head
from shared.domain.flow.step import About
from shared.domain.hours import is_open
from shared.domain.now import Now


def about_call(language: str, now: Now) -> About:
    """`language` is what the caller hears so far."""
    known = dict.fromkeys((language, *now.centre.languages))
    hours = {one: about_hours(Head("", 0, one), now) for one in known}
    open_now = is_open(now.centre.hours, now.at, now.centre.zone)
    return About(tuple(known), open_now, hours[language], calls=True, hours_in=hours)
