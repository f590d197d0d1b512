"""A channel as the pages see it: what it is called, how it looks, and what it can carry."""

from dataclasses import dataclass

from shared.domain.channel.media import MOST_FILES
from shared.domain.traits import LONGEST_FILE, Media, Traits


@dataclass(frozen=True, slots=True)
class Word:
    en: str
    ko: str


@dataclass(frozen=True, slots=True)
class Colours:
    """On light and on dark pages."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class SizeView:
    """The longest file in bytes, by the beginning of its type ("" for any)."""

    type: str
    longest: int


@dataclass(frozen=True, slots=True)
class MediaView:
    """As Media: `longest` and `files` hold on every channel."""

    sizes: tuple[SizeView, ...]
    most: int
    total: int
    by_link: bool
    longest: int = LONGEST_FILE
    files: int = MOST_FILES


@dataclass(frozen=True, slots=True)
class ChannelView:
    name: str
    address_kind: str
    word: Word
    icon: str
    colours: Colours
    live: bool
    text_limit: int
    text_unit: str
    counts_parts: bool
    choices: int
    files: int
    starts: bool
    window_hours: int
    templates: bool
    automatic_an_hour: int
    typing: bool
    rich: bool
    media: MediaView
    calls: bool = False


def channel_view(traits: Traits) -> ChannelView:
    return ChannelView(
        name=traits.name,
        address_kind=traits.address_kind,
        word=Word(traits.word_en, traits.word_ko),
        icon=traits.icon,
        colours=Colours(*traits.colours),
        live=traits.live,
        text_limit=traits.text_limit,
        text_unit=traits.text_unit,
        counts_parts=traits.counts_parts,
        choices=traits.choices,
        files=MOST_FILES if traits.media.most or traits.media.by_link else 0,
        starts=traits.starts,
        window_hours=traits.window_hours,
        templates=traits.templates,
        automatic_an_hour=traits.automatic_an_hour,
        typing=traits.typing,
        rich=traits.rich,
        media=media_view(traits.media),
        calls=traits.calls,
    )


def media_view(media: Media) -> MediaView:
    return MediaView(
        tuple(SizeView(begins, longest) for begins, longest in media.sizes),
        media.most,
        media.total,
        media.by_link,
    )
