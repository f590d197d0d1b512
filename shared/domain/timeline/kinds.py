"""What follows from each kind of entry: one row for each, read by everybody who tells kinds apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.timeline.entry import Kind


@dataclass(frozen=True, slots=True)
class Row:
    """`fact` is its name on the bus ("" for none). `outbound`: it is sent to the customer, and only such
    kinds are ever shown to them. `changes_work`: the agent's list of offers and cases is another now.
    `changes_card`: the desk reads the customer's card again. `icon` is its drawing on the desk.
    `moves_call`: where it is about a call, the operator looks who should be on the line now.
    """

    fact: str = ""
    outbound: bool = False
    changes_work: bool = False
    changes_card: bool = False
    icon: str = ""
    moves_call: bool = False


KINDS: Mapping[Kind, Row] = {
    Kind.MESSAGE_RECEIVED: Row("MessageReceived"),
    Kind.MESSAGE_SENT: Row("MessageSent", outbound=True),
    Kind.NOTE_ADDED: Row("NoteAdded"),
    Kind.OFFER_MADE: Row("OfferMade", changes_work=True, changes_card=True, icon="clock"),
    Kind.OFFER_ENDED: Row("OfferEnded", changes_work=True, changes_card=True, icon="clock"),
    Kind.ASSIGNED: Row("Assigned", changes_work=True, changes_card=True, icon="person", moves_call=True),
    Kind.REQUEUED: Row(
        "InteractionQueued", changes_work=True, changes_card=True, icon="clock", moves_call=True
    ),
    Kind.INTERACTION_ENDED: Row("InteractionEnded", changes_card=True, icon="clock", moves_call=True),
    Kind.CASE_CLOSED: Row("CaseClosed", changes_work=True, changes_card=True, icon="done", moves_call=True),
    Kind.SURVEY_ASKED: Row("SurveyAsked", outbound=True, icon="claimed"),
    Kind.SURVEY_ANSWERED: Row("SurveyAnswered", changes_card=True, icon="check"),
    Kind.SURVEY_SUPPRESSED: Row("SurveySuppressed", icon="claimed"),
    Kind.CODE_SENT: Row("CodeSent", outbound=True, changes_card=True, icon="key"),
    Kind.CODE_REFUSED: Row("CodeRefused", icon="warn"),
    Kind.ADDRESS_LINKED: Row("AddressLinked", changes_card=True, icon="proven"),
    Kind.CUSTOMERS_MERGED: Row("CustomersMerged", changes_work=True, changes_card=True, icon="proven"),
    Kind.OPTED_OUT: Row("OptedOut", changes_card=True, icon="warn"),
    Kind.OPTED_IN: Row("OptedIn", changes_card=True, icon="check"),
    Kind.PRESENCE_CHANGED: Row("PresenceChanged", changes_work=True),
    Kind.AUDITED: Row(icon="person"),
    Kind.HANDED_OVER: Row(icon="person"),
    Kind.CALLBACK_REQUESTED: Row("CallbackRequested", changes_work=True, changes_card=True, icon="clock"),
    Kind.CALLBACK_REFUSED: Row("CallbackRefused", icon="warn"),
    Kind.CALLBACK_CANCELLED: Row("CallbackCancelled", changes_work=True, changes_card=True, icon="clock"),
    Kind.CALLBACK_DUE: Row(changes_work=True, changes_card=True, icon="clock"),
    Kind.CALLBACK_TRIED: Row(
        "CallbackTried", changes_work=True, changes_card=True, icon="clock", moves_call=True
    ),
    Kind.MOVED: Row("InteractionMoved", changes_card=True, icon="clock"),
    Kind.WRAPPED_UP: Row("WrappedUp", changes_work=True),
    Kind.TRANSFERRED: Row(
        "Transferred", changes_work=True, changes_card=True, icon="person", moves_call=True
    ),
    Kind.CONSULT_ASKED: Row(changes_work=True, changes_card=True, icon="note"),
    Kind.CONSULT_JOINED: Row(changes_work=True, changes_card=True, icon="note", moves_call=True),
    Kind.CONSULT_ENDED: Row(
        "ConsultEnded", changes_work=True, changes_card=True, icon="note", moves_call=True
    ),
    Kind.CASE_TAGGED: Row("CaseTagged", changes_card=True, icon="note"),
    Kind.CASE_SNOOZED: Row("CaseSnoozed", changes_work=True, changes_card=True, icon="clock"),
    Kind.CASE_WOKEN: Row("CaseWoken", changes_work=True, changes_card=True, icon="clock"),
    Kind.PROFILE_CHANGED: Row("ProfileChanged", changes_card=True, icon="person"),
    Kind.STEP_TICKED: Row(changes_card=True, icon="check"),
    Kind.REPLY_WITHDRAWN: Row(icon="back"),
    Kind.CALL_STARTED: Row("CallStarted", changes_card=True, icon="phone", moves_call=True),
    Kind.CALL_PLACED: Row("CallPlaced", changes_work=True, changes_card=True, icon="phone", moves_call=True),
    Kind.CALL_ACTED: Row(changes_work=True, changes_card=True, icon="phone", moves_call=True),
    Kind.LEG_CHANGED: Row("LegChanged", changes_work=True, changes_card=True, icon="phone", moves_call=True),
    Kind.CALL_RECORDED: Row("CallRecorded", changes_card=True, icon="phone", moves_call=True),
    Kind.CALL_TRANSCRIBED: Row("CallTranscribed", icon="phone"),
    Kind.STEPPED_IN: Row(changes_work=True, changes_card=True, icon="person"),
}
OUTBOUND = frozenset(kind for kind, row in KINDS.items() if row.outbound)
MOVES_CALL = frozenset(kind for kind, row in KINDS.items() if row.moves_call)

if set(KINDS) != set(Kind):
    raise ImportError("every kind of entry has its row, and only these")
