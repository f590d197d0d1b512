"""Why nothing more goes to an address, and for whom that holds: one rule, asked by all that write."""

from shared.domain.customer.evidence import Consent

OPTED_OUT = "opted_out"  # said by the customer, or known to the carrier
NO_SUCH_ADDRESS = "no_such_address"  # the other side says so: a mail came back for good
ON_SUPPRESSION_LIST = "on_suppression_list"
COMPLAINED = "complained"
UNSUBSCRIBED = "unsubscribed"

# These stop what programs write (surveys, notices, flows). An agent may still answer; all others stop both.
FOR_PROGRAMS = frozenset({COMPLAINED, UNSUBSCRIBED})
# These are over as soon as somebody writes from the address.
UNDELIVERABLE = frozenset({NO_SUCH_ADDRESS, ON_SUPPRESSION_LIST})


def why_stopped(consent: Consent | None, by_agent: bool) -> str:
    """ "" when an agent (or else a program) may write to the address, else the reason: a stable word."""
    reason = reason_of(consent)
    return "" if by_agent and reason in FOR_PROGRAMS else reason


def reason_of(consent: Consent | None) -> str:
    """What stops anything at all there; "" for nothing."""
    return (consent.reason or OPTED_OUT) if consent and consent.opted_out else ""


def replaces(known: Consent | None, told: Consent) -> bool:
    """Whether what is told now is to be kept. Later words count, and what stops only programs never weakens
    what stops everything.
    """
    if known is None:
        return True
    weaker = reason_of(told) in FOR_PROGRAMS and reason_of(known) not in {"", *FOR_PROGRAMS}
    return known.at <= told.at and not weaker
