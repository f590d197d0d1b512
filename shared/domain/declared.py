"""What a centre declares for its desk: tags, fields of a customer, guided work, how long a reply is held."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that cases and customers are sorted by."""

    code: str
    label_ko: str = ""
    label_en: str = ""


FIELD_KINDS = ("text", "number", "date", "choice")


@dataclass(frozen=True, slots=True)
class Field:
    """Something the centre wants to know of every customer. `kind` is one of FIELD_KINDS; `choices` are the
    values of a choice.
    """

    code: str
    label_ko: str = ""
    label_en: str = ""
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideStep:
    code: str
    label_ko: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Guided work: the steps that a case of `queue`, or with the `intent` a flow found out, is worked through
    by. "" fits every queue, or every intent.
    """

    name: str
    steps: tuple[GuideStep, ...]
    queue: str = ""
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """For so many seconds (0 to 30) a reply on a channel is held, and can be taken back."""

    channel: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Abuse:
    """What a customer is told when an agent ends the conversation because of abuse (`ko`, `en`), and before
    that, as a notice. Korea: Occupational Safety and Health Act, article 41: a notice before, the agent may
    end it, and gets a rest.
    """

    ko: str = "상담원에 대한 폭언이 계속되어 상담을 종료합니다. 상담 내용은 기록됩니다."
    en: str = "We are ending this conversation because of abusive language. It stays on record."
    break_minutes: int = 10
    notice_ko: str = "상담원도 존중받아야 할 사람입니다. 폭언이 계속되면 상담을 종료합니다."
    notice_en: str = "Please speak to us with respect. If abusive language goes on, we end this conversation."

    def words(self, language: str) -> str:
        return self.ko if language == "ko" else self.en

    def notice(self, language: str) -> str:
        return self.notice_ko if language == "ko" else self.notice_en


ABUSE = "abuse"  # the disposition of a case that was ended so; the house's own, in no list of the settings
ABUSE_SENTENCES = Abuse()
