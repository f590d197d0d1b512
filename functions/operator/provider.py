"""The carrier of calls, as the operator asks it."""

from functools import cached_property

from functions import channels
from shared.domain.call.order import Order
from shared.domain.call.said import Said
from shared.domain.channel.carriage import NoAnswer, Result
from shared.domain.customer.call import Call, Leg
from shared.domain.timeline.entry import Entry
from shared.edge import carrier
from shared.edge.settings import environment


class Provider:
    """The carrier of the one channel that this function is for."""

    @cached_property
    def channel(self) -> channels.Channel:
        return channels.load(environment.channel)

    def order(self, order: Order, call: Call, said: Said) -> Result | NoAnswer:
        render = self.channel.outbound.render_order
        return self._asked(lambda secret, side: render(order, call, said, secret, side))

    def look(self, leg: Leg, call: Call) -> Result | NoAnswer:
        look = self.channel.outbound.Look(leg, [one.sid for one in call.legs if one.sid])
        return carrier.asked(self.channel.traits, look, look.render)

    def send(self, entry: Entry) -> Result | NoAnswer:
        return carrier.carry(self.channel.traits, self.channel.outbound, entry)

    def _asked(self, render: carrier.Render) -> Result | NoAnswer:
        return carrier.asked(self.channel.traits, self.channel.outbound, render)
