"""Figures: what is counted per hour, channel, queue and agent; report/formulas.py divides them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

KEYS = ("hour", "channel", "queue", "agent")
PLACE = ("day", "shard")


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts and sums of one hour (0-23, the centre's zone), channel, queue and, where known, agent.

    What happens once is added to exactly one row, so any set of rows may be added up. Times are sums in
    milliseconds and lie in the hour in which they ended; only presence is cut at the hours it spans.
    `MEASURES` says what each number means.
    """

    day: str
    hour: int
    channel: str
    queue: str
    agent: str = ""
    messages_received: int = 0
    media_received: int = 0
    messages_sent: int = 0
    messages_failed: int = 0
    messages_bounced: int = 0
    complaints: int = 0
    cases_opened: int = 0
    cases_reopened: int = 0
    cases_closed: int = 0
    cases_solved: int = 0
    cases_unanswered: int = 0
    cases_multichannel: int = 0
    cases_multichannel_solved: int = 0
    resolution_ms: int = 0
    interactions_ended: int = 0
    contacts_queued: int = 0
    contacts_requeued: int = 0
    contacts_handled: int = 0
    contacts_handled_in_time: int = 0
    queue_answer_ms: int = 0
    contacts_abandoned: int = 0
    contacts_abandoned_in_time: int = 0
    abandon_ms: int = 0
    contacts_completed: int = 0
    contacts_transferred_out: int = 0
    contacts_transferred_in: int = 0
    contacts_handed_over: int = 0
    handle_ms: int = 0
    wrap_ms: int = 0
    slot_ms: int = 0
    offers_made: int = 0
    offers_accepted: int = 0
    offers_declined: int = 0
    offers_expired: int = 0
    offers_withdrawn: int = 0
    ring_ms: int = 0
    consults: int = 0
    consult_ms: int = 0
    first_replies: int = 0
    first_reply_ms: int = 0
    surveys_asked: int = 0
    surveys_failed: int = 0
    surveys_answered: int = 0
    surveys_satisfied: int = 0
    survey_score_percent: int = 0
    surveys_suppressed: int = 0
    surveys_suppressed_asked_recently: int = 0
    surveys_suppressed_opted_out: int = 0
    surveys_suppressed_unreachable: int = 0
    surveys_suppressed_abandoned: int = 0
    surveys_suppressed_spam: int = 0
    surveys_suppressed_reopened: int = 0
    surveys_suppressed_other: int = 0
    opted_out: int = 0
    opted_in: int = 0
    codes_sent: int = 0
    codes_refused: int = 0
    addresses_linked: int = 0
    customers_merged: int = 0
    available_ms: int = 0
    break_ms: int = 0
    meal_ms: int = 0
    training_ms: int = 0
    other_custom_ms: int = 0
    contacts_flowed_out: int = 0
    contacts_flowed_in: int = 0
    shard: str = ""
    callbacks_requested: int = 0
    callbacks_cancelled: int = 0
    callbacks_reached: int = 0
    callbacks_unanswered: int = 0
    contacts_to_callback: int = 0
    contacts_to_callback_in_time: int = 0
    contacts_placed: int = 0


@dataclass(frozen=True, slots=True)
class Folded:
    """This fact is counted: written in the same transaction as the figures, kept 40 days."""

    customer_id: str
    seq: int
    name: str
    expires_at: datetime


MEASURES: Mapping[str, str] = {
    "messages_received": "messages of customers",
    "media_received": "attachments that came with them",
    "messages_sent": "messages to customers, surveys and codes apart",
    "messages_failed": "of these, known not to have arrived",
    "messages_bounced": "messages and surveys that came back for good, as there is no such address",
    "complaints": "messages and surveys that their recipient reported as unwanted",
    "cases_opened": "cases that began",
    "cases_reopened": "closed cases taken up again within the grace period",
    "cases_closed": "cases closed (a reopened case closes again)",
    "cases_solved": "of these, with a disposition that counts as solved",
    "cases_unanswered": "of these, closed without ever having been accepted by an agent",
    "cases_multichannel": "of these, with interactions on two or more channels",
    "cases_multichannel_solved": "solved cases with interactions on two or more channels",
    "resolution_ms": "closed minus opened, summed over closed cases; waiting for the customer included",
    "interactions_ended": "exchanges on one channel that ended before their case did",
    "contacts_queued": "contacts placed in a queue",
    "contacts_requeued": "contacts an agent had accepted that wait again, with their original age",
    "contacts_handled": "contacts connected to an agent out of a queue",
    "contacts_handled_in_time": "of these, within the service level time since they were queued",
    "queue_answer_ms": "queue time of handled contacts, from enqueue (or requeue) to acceptance",
    "contacts_abandoned": "contacts whose customer left the queue without agent and without callback",
    "contacts_abandoned_in_time": "of these, within the service level time",
    "abandon_ms": "queue time of abandoned contacts",
    "contacts_to_callback": "contacts that left the queue because a callback was asked for",
    "contacts_to_callback_in_time": "of these, within the service level time",
    "callbacks_requested": "callbacks that were asked for; each is queued as a contact of its own",
    "callbacks_cancelled": "of these, taken back by the customer",
    "callbacks_reached": "calls to such customers that they answered",
    "callbacks_unanswered": "calls to such customers that nobody answered",
    "contacts_placed": "contacts that an agent began by calling a customer: they were in no queue",
    "contacts_completed": "handled and placed contacts that ended, or that their agent handed on",
    "contacts_transferred_out": "of these, handed on to a queue or to a colleague",
    "contacts_transferred_in": "contacts handed on by a colleague that this agent took",
    "contacts_handed_over": "of these, after a consult and without a wait: they are no handled contact again",
    "handle_ms": "acceptance to end of after-contact work, over completed contacts",
    "wrap_ms": "after-contact work within it",
    "slot_ms": "time with an agent times the share of their places the contact took, requeued ones included",
    "offers_made": "times a contact rang an agent",
    "offers_accepted": "offers the agent accepted",
    "offers_declined": "offers the agent declined",
    "offers_expired": "offers the agent let pass",
    "offers_withdrawn": "offers taken back: the customer gave up, or the agent's desk was gone",
    "ring_ms": "time offers rang, however they ended",
    "consults": "times this agent was with a colleague's contact to give advice",
    "consult_ms": "time of it",
    "first_replies": "cases that got their first human reply",
    "first_reply_ms": "that reply minus the customer's first message of the case or of its reopening",
    "surveys_asked": "surveys sent",
    "surveys_failed": "of these, known not to have arrived",
    "surveys_answered": "answers",
    "surveys_satisfied": "of these, the top two scores of the scale",
    "survey_score_percent": "scores as percent of their scale, summed",
    "surveys_suppressed": "surveys due but not sent",
    "surveys_suppressed_asked_recently": "of these, because this person was asked a short while ago",
    "surveys_suppressed_opted_out": "of these, because this person has opted out, unsubscribed or complained",
    "surveys_suppressed_unreachable": "of these, because no address can be reached",
    "surveys_suppressed_abandoned": "of these, because nobody answered the customer",
    "surveys_suppressed_spam": "of these, because the case was spam",
    "surveys_suppressed_reopened": "of these, because the case was open again",
    "surveys_suppressed_other": "of these, for another reason",
    "opted_out": "customers who said stop",
    "opted_in": "customers who said start again",
    "codes_sent": "proof codes sent",
    "codes_refused": "proof codes that were wrong, late or too many",
    "addresses_linked": "addresses joined to a customer by proof",
    "customers_merged": "of these, addresses of somebody who was another customer until then",
    "available_ms": "agents' time in Available",
    "break_ms": "agents' time in Break",
    "meal_ms": "agents' time in Meal",
    "training_ms": "agents' time in Training",
    "other_custom_ms": "agents' time in any other custom status",
    "contacts_flowed_out": "contacts that left the queue for another one, unanswered and not abandoned",
    "contacts_flowed_in": "contacts that came out of another queue, with their original age",
}

if set(MEASURES) != {field.name for field in fields(Figure)} - {*PLACE, *KEYS}:
    raise ImportError("every measure of a figure needs its meaning, and only these")
