"""The settings of a contact centre: one immutable version at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Disposition:
    """An outcome the agent picks at the end; `solved` feeds the resolution figures."""

    code: str
    label_ko: str
    label_en: str
    solved: bool = True


@dataclass(frozen=True, slots=True)
class Centre:
    """Durations in seconds. The defaults are those of the demo centre.

    Codes cost money and anybody may ask for one: they go to mobile numbers of `proof_regions` (of
    `phone_region` where none are named), so many a day to a number, for a customer, and in all.
    """

    name: str = "Patchbay Demo"
    zone: str = "Asia/Seoul"
    languages: tuple[str, ...] = ("ko", "en")
    phone_region: str = "KR"
    currency: str = "KRW"
    queue: str = "main"
    pool: str = "main"
    offer_seconds: int = 30
    heartbeat_gone_seconds: int = 150
    chat_silence_seconds: int = 900
    silence_seconds: int = 86_400
    reopen_seconds: int = 259_200
    survey_answer_seconds: int = 86_400
    survey_rest_days: int = 30
    proof_seconds: int = 300
    proof_tries: int = 5
    proof_regions: tuple[str, ...] = ()
    proofs_a_day: int = 5
    proofs_a_day_customer: int = 5
    proofs_a_day_in_all: int = 200
    reply_give_up_seconds: int = 3600
    receipt_days: int = 40
    service_level_seconds: int = 30
    dispositions: tuple[Disposition, ...] = (
        Disposition("solved", "해결됨", "Solved"),
        Disposition("information", "안내 완료", "Information given"),
        Disposition("follow_up", "후속 조치 필요", "Needs follow-up", solved=False),
        Disposition("no_answer", "고객 응답 없음", "Customer did not answer", solved=False),
        Disposition("spam", "스팸", "Spam", solved=False),
    )


@dataclass(frozen=True, slots=True)
class Config:
    """A version of the settings; never changed once written."""

    n: int
    centre: Centre


@dataclass(frozen=True, slots=True)
class ConfigPointer:
    """Which version holds."""

    n: int
