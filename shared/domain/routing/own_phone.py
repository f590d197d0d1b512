"""Where calls ring an agent, as they said it themselves: with it they can be offered calls."""

from dataclasses import replace

from shared.domain.address.address import Address
from shared.domain.address.phone import may_be_called
from shared.domain.address.rung import client_name, rung_at
from shared.domain.change import Change, Put
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import staffed
from shared.domain.routing.audit import agent_line
from shared.domain.routing.seating import frees
from shared.domain.routing.staff import Agent, takes_work
from shared.domain.timeline.entry import Signals

BROWSER = "browser"  # as the agent says it; the carrier rings `client:<name>`


def set_phone(agent: Agent, typed: str, now: Now) -> Change:
    """The agent with this phone ("": none), and a line that says so without the number. Nothing where it is
    theirs already. Refused `phone_of_settings` (409) where the settings say where they are rung,
    `own_phones_off` (422) where agents may not, `bad_phone` (422) for what cannot be rung.
    """
    refusal = _refusal(agent, now)
    if refusal:
        raise refusal
    phone = _rung(agent, typed, now) if typed.strip() else ""
    if phone == agent.phone:
        return ()
    after = replace(agent, phone=phone)
    line = agent_line(agent, "phone_set" if phone else "phone_removed", f"agent:{agent.id}", now)
    woken = replace(line, signals=frees(after, now) if takes_work(after) else Signals())
    return (*staffed(agent, after, now), Put(woken))


def _refusal(agent: Agent, now: Now) -> Refused | None:
    if now.roster.phone_of(agent.login):
        return Refused("phone_of_settings", status=409)
    return None if now.centre.calls.own_phones else Refused("own_phones_off", status=422)


def _rung(agent: Agent, typed: str, now: Now) -> str:
    """BROWSER, where the centre offers that; a number of the regions that the centre calls, or an address of
    an exchange: other numbers are named by the settings, as the centre pays for each minute.
    """
    if typed.strip() == BROWSER:
        return _in_browser(agent, now)
    phone = rung_at(typed, now.centre.phone_region)
    regions = now.centre.proof_regions or (now.centre.phone_region,)
    fits = not phone.startswith("+") or may_be_called(Address("phone", phone), regions)
    if not phone or not fits:
        raise Refused("bad_phone", status=422)
    return phone


def _in_browser(agent: Agent, now: Now) -> str:
    if not now.centre.calls.browser:
        raise Refused("browser_calls_off", status=422)
    return f"client:{client_name(agent.id)}"
