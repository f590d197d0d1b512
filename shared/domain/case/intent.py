"""What a customer's words are, given what we are waiting for from them."""

import re
from enum import Enum

from shared.domain.case.turn import Turn
from shared.domain.channel.arrival import CodeRequest, Echo, Left, Message, SurveyAnswer
from shared.domain.customer.head import PendingSurvey
from shared.domain.now import Now

STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "수신거부", "그만"})
START = frozenset({"start", "unstop", "수신동의"})
SCORE = re.compile(r"\s*([1-5])\s*")
CODE = re.compile(r"\s*(\d{6})\s*")


class Intent(Enum):
    MESSAGE = "message"
    SURVEY_ANSWER = "survey_answer"
    PROOF_ANSWER = "proof_answer"
    CODE_REQUEST = "code_request"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    LEFT = "left"
    ECHO = "echo"


def intent(turn: Turn) -> Intent:
    what = turn.arrival.what
    if isinstance(what, CodeRequest):
        return Intent.CODE_REQUEST
    if isinstance(what, Echo):
        return Intent.ECHO
    if isinstance(what, Left):
        return Intent.LEFT
    if isinstance(what, SurveyAnswer):
        return Intent.SURVEY_ANSWER if answerable(turn.head.survey, turn.now) else Intent.MESSAGE
    return _spoken(turn, what)


def _spoken(turn: Turn, what: Message) -> Intent:
    word = what.text.strip().lower()
    traits = turn.traits
    if traits.keyword_opt_out and word in STOP:
        return Intent.OPT_OUT
    if traits.keyword_opt_out and word in START:
        return Intent.OPT_IN
    if CODE.fullmatch(what.text) and _asked_for_a_code(turn):
        return Intent.PROOF_ANSWER
    if SCORE.fullmatch(what.text) and answerable(turn.head.survey, turn.now, turn.raw.channel):
        return Intent.SURVEY_ANSWER
    return Intent.MESSAGE


def _asked_for_a_code(turn: Turn) -> bool:
    """A code is typed where it was asked for: six digits from the number it went to prove nothing."""
    proof = turn.head.proof
    if proof is None or turn.now.at > proof.until:
        return False
    return turn.traits.address_kind != proof.address.kind


def answerable(survey: PendingSurvey | None, now: Now, channel: str = "") -> bool:
    """Whether a score now would be the answer; `channel` must then be the one that asked."""
    if survey is None or survey.score is not None or now.at > survey.until:
        return False
    return channel in {"", survey.channel}
