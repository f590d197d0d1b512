"""The stepper: the whole centre in one process, one delivery at a time, under a fake clock.

stepper = Stepper(world)                   # or a ground on moto, or on the embedded AWS
doors = Doors(stepper)
doors.post("/webhooks/sms", body, headers) # what providers, browsers and desks do
stepper.pending()                          # what could be delivered now
stepper.deliver("Router", fault=TWICE)     # one delivery, duplicated, crashed, taken apart
stepper.run()                              # everything that can be delivered now
stepper.live(90)                           # 90 seconds pass: timers, back-offs, schedules
"""

from infra.local.stepper.core import Delivery, NeverQuiet, Stepper
from infra.local.stepper.doors import Answered, Doors
from infra.local.stepper.faults import AFTER, BEFORE, TWICE, Crash, Fault, Twice
from infra.local.stepper.feeds import Handled
from infra.local.stepper.ground import MemoryGround

__all__ = [
    "AFTER",
    "BEFORE",
    "TWICE",
    "Answered",
    "Crash",
    "Delivery",
    "Doors",
    "Fault",
    "Handled",
    "MemoryGround",
    "NeverQuiet",
    "Stepper",
    "Twice",
]
