"""What a channel says of itself. Nothing else in the house compares a channel's name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

FULL = 15  # the places of an agent
CHARACTERS, UTF16, BYTES = "characters", "utf16", "bytes"  # utf16 counts units: an emoji has two or more
MEGABYTE = 1024 * 1024
LONGEST_FILE = 25 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Media:
    """What files a channel carries.

    `sizes`    the longest file that goes out as a file, by the beginning of its type ("" for any); the first
               that fits counts, and what fits none is not carried as a file
    `most`     files with one message
    `total`    bytes of all files with one message
    `taken`    the longest file that a customer may send
    `by_link`  a file that it does not carry goes out as a link
    `hosts`    they get the channel's credentials when a file is fetched; nobody else does
    """

    sizes: tuple[tuple[str, int], ...] = ()
    most: int = 0
    total: int = LONGEST_FILE
    taken: int = LONGEST_FILE
    by_link: bool = False
    hosts: tuple[str, ...] = ()

    def longest(self, type: str) -> int:
        """The longest file of this type that goes out as a file; 0 for a type that does not."""
        return next((size for begins, size in self.sizes if type.startswith(begins)), 0)


NO_MEDIA = Media()


@dataclass(frozen=True, slots=True)
class Traits:
    """One channel, as its functions/channels/<name>/channel.py declares it.

    `address_kind`  the kind of address its customers are reached at
    `colours`       on light and on dark pages
    `live`          the customer stays on the line; who leaves does not wait
    `silence_seconds`  a quiet exchange has ended after them; 0 takes the centre's time
    `keyword_opt_out`  STOP and START are commands
    `text_limit`    the longest text, in `text_unit`s
    `counts_parts`  the carrier bills a long text in parts, and the desk shows how many
    `media`         what files it carries
    `choices`       how many buttons a question may have
    `list_choices`  how many lines a list to choose from may have; what does not fit is numbered in the text
    `label_limit`   the longest label of a button or a line, in characters; 0 for any
    `window_hours`  how long after the customer's last event anything may go out; 0 for ever
    `human_window_hours`  how long after it what a person wrote may go out, where that is longer
    `opens_window`  the kinds of entries that are such an event
    `templates`     words that the provider approved before may go out at any time
    `typing`        it shows that somebody is writing
    `read_marks`    it tells the customer that their message was read
    `in_order`      messages reach the customer in the order they were sent
    `states`        the carrier reports what became of a message
    `found_by_provider_id`  it tells of a message, or an echo of it, by its own id alone
    `listed`        its provider keeps a list of what came in, which is compared each night (listing.py)
    `subjects`      a message has a subject, and others may get a copy of it
    `automatic_an_hour`  how many messages programs may write to one person in an hour; 0 for any
    `rich`          a message may have bold letters, lists, links and quotes beside its plain text
    `starts`        we may write first
    `rings`         each exchange is a contact of its own, which waits and rings also in a case somebody has
    `calls`         each exchange is a telephone call: the operator rings the agent and joins the two; what
                    programs say was said on the line
    `places`        of an agent's 15, taken by one contact
    `secret`        whether its provider gives us one
    `by_aws`        a service of AWS sends for it, asked with the sender's own role; no provider's address is
    `provider`      names its stand-in; the channel's name where empty
    `own_stack`     a block in template.yaml makes its stack; else the template spells its parts out
    """

    name: str
    address_kind: str
    word_en: str
    word_ko: str
    icon: str
    colours: tuple[str, str]
    live: bool = False
    silence_seconds: int = 0
    keyword_opt_out: bool = False
    text_limit: int = 4000
    text_unit: str = CHARACTERS
    counts_parts: bool = False
    media: Media = NO_MEDIA
    choices: int = 0
    list_choices: int = 0
    label_limit: int = 0
    window_hours: int = 0
    human_window_hours: int = 0
    opens_window: tuple[str, ...] = ("message_received",)
    templates: bool = False
    typing: bool = False
    read_marks: bool = False
    in_order: bool = False
    states: bool = False
    found_by_provider_id: bool = False
    listed: bool = False
    subjects: bool = False
    automatic_an_hour: int = 0
    rich: bool = False
    starts: bool = False
    rings: bool = False
    places: int = 5
    secret: bool = True
    by_aws: bool = False
    provider: str = ""
    own_stack: bool = True
    calls: bool = False

    @property
    def stand_in(self) -> str:
        return self.provider or self.name

    def length(self, text: str) -> int:
        """How long a text is as the channel counts."""
        if self.text_unit == UTF16:
            return len(text.encode("utf-16-le")) // 2
        return len(text.encode()) if self.text_unit == BYTES else len(text)

    def fits(self, text: str) -> bool:
        """Whether a text can go out whole."""
        return self.length(text) <= self.text_limit


@dataclass(frozen=True, slots=True)
class Channels:
    """All channels of this centre."""

    all: tuple[Traits, ...] = ()
    by_name: dict[str, Traits] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {traits.name: traits for traits in self.all})

    def of(self, name: str) -> Traits:
        """A channel's traits. One that was taken away is still in old entries: it carries nothing now."""
        return self.by_name.get(name) or Traits(name, "", name, name, "", ("", ""), text_limit=0)

    @property
    def least_places(self) -> int:
        """What an agent must have free to take any contact at all."""
        return min((traits.places for traits in self.all), default=1)

    def for_kind(self, address_kind: str) -> tuple[Traits, ...]:
        """The channels that reach an address of this kind."""
        return tuple(traits for traits in self.all if traits.address_kind == address_kind)


NO_CHANNELS = Channels()


def channels_of(traits: Iterable[Traits]) -> Channels:
    return Channels(tuple(sorted(traits, key=lambda one: one.name)))
