"""Which guide a case is worked through by."""

from collections.abc import Iterable, Sequence

from shared.domain.declared import Guide, GuideStep


def guide_of(guides: Iterable[Guide], queue: str, intent: str) -> Guide | None:
    """The one that says most of this case: what the customer wants comes before where they wait, and either
    before a guide of all cases. Among equals the first. None where no guide fits.
    """
    fitting = [one for one in guides if one.queue in ("", queue) and one.intent in ("", intent)]
    return max(fitting, key=lambda one: (bool(one.intent), bool(one.queue)), default=None)


def asks_for_intent(guides: Iterable[Guide]) -> bool:
    """Whether a guide speaks of what customers want: only then it is kept with a case."""
    return any(one.intent for one in guides)


def step_named(guides: Iterable[Guide], code: str) -> GuideStep:
    """The step of this code, wherever it stands; without a label where no guide has it any more."""
    found = (step for guide in guides for step in guide.steps if step.code == code)
    return next(found, GuideStep(code, "", ""))


def listed(guides: Sequence[Guide], queue: str, intent: str, done: Sequence[str]) -> tuple[GuideStep, ...]:
    """The steps to show at a case: those of its guide in their order, then what was done of another one."""
    guide = guide_of(guides, queue, intent)
    steps = guide.steps if guide else ()
    known = {step.code for step in steps}
    return (*steps, *(step_named(guides, code) for code in done if code not in known))
