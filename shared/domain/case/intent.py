"""What a customer's words are, given what we are waiting for from them."""

from enum import Enum
from typing import get_args

from shared.domain.case.thanks import only_thanks
from shared.domain.case.turn import Turn
from shared.domain.case.typed import agrees, asks_to_start, asks_to_stop, code_in, misses_score, score_in
from shared.domain.channel.arrival import (
    CallbackCancelled,
    CallbackRequest,
    CodeRequest,
    Echo,
    Left,
    Message,
    SurveyAnswer,
    Wish,
)
from shared.domain.channel.calling import CallWord
from shared.domain.customer.head import Head
from shared.domain.customer.pending import PendingSurvey
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
    MISSED_SCORE = "missed_score"
    KEPT = "kept"
    CALLBACK = "callback"
    NO_CALLBACK = "no_callback"
    CALL = "call"


DONE = {
    CodeRequest: Intent.CODE_REQUEST,
    CallbackRequest: Intent.CALLBACK,
    CallbackCancelled: Intent.NO_CALLBACK,
    Echo: Intent.ECHO,
    Left: Intent.LEFT,
    **dict.fromkeys(get_args(CallWord), Intent.CALL),
}
CARRIERS = {Wish.OPT_OUT: Intent.OPT_OUT, Wish.OPT_IN: Intent.OPT_IN}


def intent(turn: Turn) -> Intent:
    what = turn.arrival.what
    if type(what) in DONE:
        return DONE[type(what)]
    if turn.arrival.automatic:
        return Intent.KEPT
    if isinstance(what, SurveyAnswer):
        return _pressed(turn)
    return _spoken(turn, what) if isinstance(what, Message) else Intent.MESSAGE


def _spoken(turn: Turn, what: Message) -> Intent:
    if wish := _wish(turn, what):
        return Intent.KEPT if turn.known.overruled else wish
    if turn.overtaken:
        return Intent.KEPT
    if _asked_for_a_code(turn) and code_in(what.text):
        return Intent.PROOF_ANSWER
    return _after_closing(turn, what)


def _wish(turn: Turn, what: Message) -> Intent | None:
    """The carrier's word, else the customer's own where the channel knows such words."""
    if what.wish is not Wish.NONE:
        return CARRIERS[what.wish]
    if turn.traits.keyword_opt_out and asks_to_stop(what.text):
        return Intent.OPT_OUT
    return Intent.OPT_IN if turn.traits.keyword_opt_out and _asks_to_start(turn, what) else None


def _pressed(turn: Turn) -> Intent:
    if answerable(turn.head.survey, turn.now):
        return Intent.SURVEY_ANSWER
    if turn.traits.calls:
        return Intent.KEPT  # a key of the telephone is no message
    return Intent.KEPT if _answered(turn) and not turn.head.cases else Intent.MESSAGE


def _after_closing(turn: Turn, what: Message) -> Intent:
    """Once a case is open again, a number is a message: somebody may have asked for it."""
    parts = what.content.parts
    if turn.head.cases or any(not part.cid for part in parts):
        return Intent.MESSAGE
    if not turn.known.joined and (meant := _score_meant(turn, what)):
        return meant
    thanks = not parts and turn.known.closed and not turn.now.centre.thanks_ring and only_thanks(what.text)
    return Intent.KEPT if thanks else Intent.MESSAGE


def _score_meant(turn: Turn, what: Message) -> Intent | None:
    """What a number says of the survey, which asked the customer: who joined in was not asked. A picture that
    stands in the text (the logo of a signature) changes nothing.
    """
    if answerable(turn.head.survey, turn.now, turn.raw.channel) and asked_last(turn.head):
        if score_in(what.text):
            return Intent.SURVEY_ANSWER
        if not what.content.parts and misses_score(what.text):
            return Intent.MISSED_SCORE
    return Intent.KEPT if _answered(turn) and score_in(what.text) else None


def _answered(turn: Turn) -> bool:
    """Whether they gave their score already; a second one changes nothing, and is no new question either."""
    survey = turn.head.survey
    return survey is not None and survey.score is not None and turn.now.at <= survey.until


def asked_last(head: Head) -> bool:
    """Whether no case was closed after the survey was asked: then something else was said in between."""
    return head.survey is None or head.closed is None or head.closed.closed_at <= head.survey.asked_at


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
