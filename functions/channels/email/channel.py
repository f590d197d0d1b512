"""Email, carried by SES."""

from shared.domain.traits import LONGEST_FILE, Media, Traits

CHANNEL = Traits(
    name="email",
    address_kind="email",
    word_en="Email",
    word_ko="이메일",
    icon="M2.5 4.5h15v11h-15zM2.5 5.5l7.5 5.5 7.5-5.5",
    colours=("#1f5f8b", "#8fc7ef"),
    text_limit=4000,
    states=True,
    found_by_provider_id=True,
    subjects=True,
    rich=True,
    automatic_an_hour=3,
    starts=True,
    provider="ses",
    by_aws=True,
    # files go in the mail itself, which has room for 25 MB of them; what is left over goes as a link
    media=Media(sizes=(("", LONGEST_FILE),), most=10, total=LONGEST_FILE, by_link=True),
)
