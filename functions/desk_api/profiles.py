"""What is known of a customer, changed by staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalice.app import Response

from functions.desk_api.api import READS, api, needs
from shared.domain.case.profile import ProfileChanged, WrongParts
from shared.domain.customer.evidence import Profile
from shared.domain.customer.profile import Edit
from shared.domain.desk.profile_view import people_of, profile_view
from shared.domain.errors import Refused
from shared.domain.words.to_staff import sentence
from shared.edge.staff import Caller, answer
from shared.edge.wiring import ports
from shared.use_cases.customer.change_profile import change_profile
from shared.use_cases.routing.agent_names import agent_names


@dataclass(frozen=True, slots=True)
class Changing(Edit):
    """`version` is that of the profile which the page showed, and what is left out stays as it is."""

    version: int = 0


@api.route("PUT", "/customers/{customer_id}/profile", *READS)
def profile(caller: Caller, customer_id: str) -> Response | None:
    told = api.body(Changing)
    try:
        change_profile(*needs(), customer_id, told.version, told, caller.id)
    except WrongParts as wrong:
        parts = {part: sentence(code, caller.language) for part, code in wrong.parts.items()}
        return _refusal(wrong, caller, parts)
    except ProfileChanged as other:
        return _refusal(other, caller, {"profile": _shown(other.profile)})
    return None


def _shown(held: Profile) -> object:
    names = agent_names(ports().store, people_of((held,)))
    return profile_view(held.customer_id, (held,), names)


def _refusal(why: Refused, caller: Caller, fields: Mapping[str, object]) -> Response:
    words = sentence(why.code, caller.language)
    return answer({"error": {"code": why.code, "message": words, "fields": fields}}, why.status)
