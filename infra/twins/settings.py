"""The centre's settings, fixed."""

from collections.abc import Sequence

from shared.domain.centre import Centre
from shared.domain.flow.flow import Flow, FlowVersion
from shared.domain.roster import Roster, roster
from shared.domain.staffing import Member
from shared.domain.template import Template


class FixedSettings:
    def __init__(
        self,
        centre: Centre | None = None,
        flows: Sequence[Flow] = (),
        templates: Sequence[Template] = (),
        members: Sequence[Member] = (),
    ) -> None:
        self._roster = roster(centre or Centre(), members)
        self._centre, self._templates = centre or Centre(), tuple(templates)
        self._flows = {flow.name: FlowVersion(1, flow.name, flow) for flow in flows}

    def centre(self) -> Centre:
        return self._centre

    def flow(self, name: str, n: int = 0) -> FlowVersion | None:
        return self._flows.get(name)

    def roster(self) -> Roster:
        return self._roster

    def templates(self) -> tuple[Template, ...]:
        return self._templates
