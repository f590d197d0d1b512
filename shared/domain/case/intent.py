"""What a customer's words are, given what we are waiting for from them."""

import re
from enum import Enum

from shared.domain.channel.arrival import Arrival, CodeRequest, Left, Message, SurveyAnswer
from shared.domain.channel.commands import Raw
from shared.domain.customer.head import Head, PendingSurvey
from shared.domain.now import Now

STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "수신거부", "그만"})
START = frozenset({"start", "unstop", "수신동의"})
SCORE = re.compile(r"\s*([1-5])\s*")
CODE = re.compile(r"\s*(\d{6})\s*")
SMS_LIKE = frozenset({"sms"})


class Intent(Enum):
    MESSAGE = "message"
    SURVEY_ANSWER = "survey_answer"
    PROOF_ANSWER = "proof_answer"
    CODE_REQUEST = "code_request"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    LEFT = "left"


def intent(raw: Raw, arrival: Arrival, head: Head, now: Now) -> Intent:
    what = arrival.what
    if isinstance(what, CodeRequest):
        return Intent.CODE_REQUEST
    if isinstance(what, Left):
        return Intent.LEFT
    if isinstance(what, SurveyAnswer):
        return Intent.SURVEY_ANSWER if answerable(head.survey, now) else Intent.MESSAGE
    return _spoken(raw, what, head, now)


def _spoken(raw: Raw, what: Message, head: Head, now: Now) -> Intent:
    word = what.text.strip().lower()
    if raw.channel in SMS_LIKE and word in STOP:
        return Intent.OPT_OUT
    if raw.channel in SMS_LIKE and word in START:
        return Intent.OPT_IN
    if (
        head.proof
        and now.at <= head.proof.until
        and CODE.fullmatch(what.text)
        and raw.channel not in SMS_LIKE
    ):
        return Intent.PROOF_ANSWER
    if SCORE.fullmatch(what.text) and answerable(head.survey, now, raw.channel):
        return Intent.SURVEY_ANSWER
    return Intent.MESSAGE


def answerable(survey: PendingSurvey | None, now: Now, channel: str = "") -> bool:
    """Whether a score now would be the answer; `channel` must then be the one that asked."""
    if survey is None or survey.score is not None or now.at > survey.until:
        return False
    return channel in {"", survey.channel}
