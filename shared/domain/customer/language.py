"""Which language the house speaks with a customer: what staff said, else what their page says, else what
their words show.
"""

from dataclasses import replace

from shared.domain.customer.head import Head
from shared.domain.now import Now
from shared.domain.text import language_of, mostly_hangul


def language_for(head: Head, now: Now) -> str:
    """Both halves of a dialogue ask here, so that they are in one language."""
    return head.language or now.centre.languages[0]


def as_told(head: Head, told: str) -> Head:
    """What their page says holds from the first thing they do, be it a request for a code."""
    return replace(head, language=told, leaning="") if told and not head.language_said else head


def as_said(head: Head, language: str) -> Head:
    """What staff said rules from now on; "" leaves it to the customer's own words again."""
    if not language:
        return replace(head, language_said=False)
    return replace(head, language=language, leaning="", language_said=True)


def after_words(head: Head, told: str, text: str) -> tuple[str, str]:
    """The language from now on, and the one that the last line leaned to instead. Who wrote in one language
    changes it with a second line in another: one may be a name, an address, something pasted.
    """
    spoken = told or language_of(text)
    if not spoken or head.language_said:
        return head.language, head.leaning
    sure = told or not head.language or head.leaning == spoken or (spoken == "ko" and mostly_hangul(text))
    if sure or spoken == head.language:
        return spoken, ""
    return head.language, spoken
