"""The centre's settings, fixed. Where none are given, agents are free at once when a case is closed."""

from collections.abc import Sequence

from shared.domain.centre import Centre
from shared.domain.flow.flow import Flow, FlowVersion
from shared.domain.queue_state import NO_STATES, QueueStates
from shared.domain.roster import Roster, roster
from shared.domain.saved_reply import SavedReply
from shared.domain.staffing import Member
from shared.domain.template import Template


class FixedSettings:
    def __init__(
        self,
        centre: Centre | None = None,
        flows: Sequence[Flow] = (),
        templates: Sequence[Template] = (),
        members: Sequence[Member] = (),
        replies: Sequence[SavedReply] = (),
    ) -> None:
        centre = centre or Centre(acw_seconds=0)
        self._roster = roster(centre, members)
        self._centre, self._templates = centre, tuple(templates)
        self._replies = tuple(replies)
        self.states = NO_STATES
        self._flows = {flow.name: FlowVersion(1, flow.name, flow) for flow in flows}

    def queue_states(self) -> QueueStates:
        return self.states

    def centre(self) -> Centre:
        return self._centre

    def flow(self, name: str, n: int = 0) -> FlowVersion | None:
        return self._flows.get(name)

    def roster(self) -> Roster:
        return self._roster

    def saved_replies(self) -> tuple[SavedReply, ...]:
        return self._replies

    def templates(self) -> tuple[Template, ...]:
        return self._templates
