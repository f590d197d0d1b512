"""Which schedules are due at a full minute."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from infra.local.stepper.plan import SchedulePlan

RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
DAILY = re.compile(r"cron\((\d+) (\d+) \* \* \? \*\)")
MINUTES = {"minute": 1, "hour": 60, "day": 1440}


def due(plan: SchedulePlan, moment: datetime) -> bool:
    """A rate counts from midnight UTC here (on AWS from the schedule's creation). Raises ValueError."""
    rate = RATE.fullmatch(plan.expression)
    if rate:
        return (moment.hour * 60 + moment.minute) % (int(rate[1]) * MINUTES[rate[2]]) == 0
    daily = DAILY.fullmatch(plan.expression)
    if daily is None:
        raise ValueError(f"the stepper does not understand {plan.expression}")
    local = moment.astimezone(ZoneInfo(plan.zone))
    return (local.minute, local.hour) == (int(daily[1]), int(daily[2]))
