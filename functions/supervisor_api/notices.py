"""The inbox that supervisors share; each has their own mark of what they have seen."""

from functions.supervisor_api.api import MAY, api, needs
from shared.edge.staff import Caller
from shared.use_cases.desk.see_notices import NoticeView, SeeNotices


@api.route("GET", "/notices", *MAY)
def notices(caller: Caller) -> dict[str, tuple[NoticeView, ...] | None]:
    return {"items": SeeNotices(*needs())(caller.id), "next": None}


@api.route("PUT", "/notices/seen", *MAY)
def seen(caller: Caller) -> None:
    SeeNotices(*needs()).seen(caller.id)
