"""A flow of the tests: a menu with a masked question, a detour and a way back."""

from collections.abc import Mapping

from shared.domain.flow.flow import Flow, Option, Step, StepKind


def both(text: str) -> Mapping[str, str]:
    return {"ko": f"{text}(ko)", "en": text}


def option(id: str, following: str) -> Option:
    return Option(id, both(id.capitalize()), following)


WELCOME = Flow(
    "welcome",
    (
        Step("hello", StepKind.SAY, both("Hello"), next="topic"),
        Step(
            "topic",
            StepKind.ASK,
            both("What about?"),
            (
                option("delivery", "order"),
                option("card", "number"),
                option("hours", "times"),
                option("other", "human"),
            ),
        ),
        Step("order", StepKind.COLLECT, both("Your order?"), next="door", least=4, most=8),
        Step("number", StepKind.COLLECT, both("Your card?"), next="human", least=16, most=16, masked=True),
        Step("times", StepKind.INFORM, next="more"),
        Step(
            "more",
            StepKind.ASK,
            both("Anything else?"),
            (option("back", "topic"), option("thanks", "survey")),
        ),
        Step("survey", StepKind.SURVEY),
        Step("door", StepKind.OPEN, next="human", other="late"),
        Step("late", StepKind.SAY, both("Nobody is here now."), next="human"),
        Step("human", StepKind.HAND_OVER),
    ),
    tries=3,
    expires_seconds=600,
)
