"""SMS, carried by Twilio."""

from shared.domain.traits import MEGABYTE, Media, Traits

# https://www.twilio.com/docs/messaging/guides/accepted-mime-types
# Pictures are made smaller for the phone; anything else is taken as it is, and carriers end at 600 KB.
OTHERS = 600_000

CHANNEL = Traits(
    name="sms",
    address_kind="phone",
    word_en="SMS",
    word_ko="문자",
    icon=(
        "M6 2.5h8A1.5 1.5 0 0 1 15.5 4v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 16V4A1.5 1.5 0 0 1 6 2.5z"
        "M7.5 6.5h5M7.5 9.5h3M9 15h2"
    ),
    colours=("#8a4b08", "#f0b878"),
    keyword_opt_out=True,
    text_limit=1600,
    counts_parts=True,
    states=True,
    listed=True,
    starts=True,
    provider="twilio",
    media=Media(
        sizes=(
            ("image/jpeg", 5 * MEGABYTE),
            ("image/png", 5 * MEGABYTE),
            ("image/gif", 5 * MEGABYTE),
            ("audio/", OTHERS),
            ("video/", OTHERS),
            ("application/pdf", OTHERS),
        ),
        most=10,
        total=5 * MEGABYTE,
        by_link=True,
        hosts=("api.twilio.com",),
    ),
)
