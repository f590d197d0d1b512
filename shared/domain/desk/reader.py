"""Who reads what is shown."""

from dataclasses import dataclass

from shared.domain.now import Now


@dataclass(frozen=True, slots=True)
class Reader:
    """Their language and the centre's region decide about the form of names and numbers."""

    language: str
    now: Now

    @property
    def region(self) -> str:
        return self.now.centre.phone_region
