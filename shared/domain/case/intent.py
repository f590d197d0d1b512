"""What a customer's words are, given what we are waiting for from them."""

from enum import Enum

from shared.domain.case.turn import Turn
from shared.domain.case.typed import agrees, asks_to_start, asks_to_stop, code_in, score_in
from shared.domain.channel.arrival import CodeRequest, Echo, Left, Message, SurveyAnswer, Wish
from shared.domain.customer.head import PendingSurvey
from shared.domain.now import Now


class Intent(Enum):
    MESSAGE = "message"
    SURVEY_ANSWER = "survey_answer"
    PROOF_ANSWER = "proof_answer"
    CODE_REQUEST = "code_request"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    LEFT = "left"
    ECHO = "echo"


CARRIERS = {Wish.OPT_OUT: Intent.OPT_OUT, Wish.OPT_IN: Intent.OPT_IN}


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
    if what.wish is not Wish.NONE:
        return CARRIERS[what.wish]
    if turn.traits.keyword_opt_out and asks_to_stop(what.text):
        return Intent.OPT_OUT
    if turn.traits.keyword_opt_out and _asks_to_start(turn, what):
        return Intent.OPT_IN
    if _asked_for_a_code(turn) and code_in(what.text):
        return Intent.PROOF_ANSWER
    if answerable(turn.head.survey, turn.now, turn.raw.channel) and score_in(what.text):
        return Intent.SURVEY_ANSWER
    return Intent.MESSAGE


def _asks_to_start(turn: Turn, what: Message) -> bool:
    return asks_to_start(what.text) or (turn.known.opted_out and agrees(what.text))


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
