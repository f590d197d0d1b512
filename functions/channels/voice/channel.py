"""Telephone calls, carried by Twilio Programmable Voice."""

from shared.domain.traits import FULL, MEGABYTE, Media, Traits

CHANNEL = Traits(
    name="voice",
    address_kind="phone",
    word_en="Phone",
    word_ko="전화",
    icon=(
        "M6.2 2.8 4 4.2c-.8.6-1 1.6-.7 2.5 1.6 4.6 5.3 8.3 9.9 9.9.9.3 1.9.1 2.5-.7l1.5-2.1-3.6-2.4-1.6 1.6"
        "c-2-1-3.6-2.6-4.6-4.6L9 6.800z"
    ),
    colours=("#1f6f3f", "#8fd6a8"),
    live=True,
    rings=True,
    calls=True,
    places=FULL,
    silence_seconds=4 * 3600,
    media=Media(taken=25 * MEGABYTE, hosts=("api.twilio.com",)),
)
