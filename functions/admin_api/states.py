"""How each channel stands: on or off, when it was used last, what failed today, how old its secret is."""

from functions import channels
from functions.admin_api.api import api
from shared.edge.settings import environment
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.report.see_channels import SeeChannels


@api.route("GET", "/channels", "admin", "auditor", "supervisor")
def channel_states(caller: Caller) -> dict[str, object]:
    see = SeeChannels(ports().store, channels.now, ports().secrets)
    secrets = {one.name: environment.secret_of(one.name) for one in channels.traits().all}
    return {"items": see(secrets), "waiting": ports().witness.waiting()}
