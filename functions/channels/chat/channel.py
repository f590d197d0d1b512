"""Web chat, carried by our own socket."""

from shared.domain.traits import Media, Traits

CHANNEL = Traits(
    name="chat",
    address_kind="visitor",
    word_en="Web chat",
    word_ko="웹 채팅",
    icon="M3 4.5h14v9H10l-4 3.5v-3.5H3z",
    colours=("#4a3fb0", "#b3abff"),
    live=True,
    text_limit=4000,
    choices=5,
    list_choices=20,
    media=Media(by_link=True),  # the widget follows the link and shows what it can
    states=True,
    typing=True,
    in_order=True,
    own_stack=False,
    secret=False,  # our own socket asks for none
)
