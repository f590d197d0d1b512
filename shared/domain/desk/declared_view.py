"""What the centre declares for its desk, as pages get it. Field names are the API's."""

from dataclasses import dataclass

from shared.domain.centre import Centre
from shared.domain.declared import Field, Guide, Tag


@dataclass(frozen=True, slots=True)
class Declared:
    """`currency` is that of account values, `languages` those a customer can be spoken to in."""

    tags: tuple[Tag, ...] = ()
    fields: tuple[Field, ...] = ()
    guides: tuple[Guide, ...] = ()
    languages: tuple[str, ...] = ()
    currency: str = ""
    break_minutes: int = 0


NOTHING = Declared()


def declared(centre: Centre) -> Declared:
    told = (centre.tags, centre.fields, centre.guides, centre.languages, centre.currency)
    return Declared(*told, break_minutes=centre.abuse.break_minutes)
