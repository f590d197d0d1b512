"""Addresses the way people read them; a customer without a name is called by where they wrote from."""

import phonenumbers

from shared.domain.address.address import UNPROVEN, Address

WORDS = {
    "withheld": {"ko": "발신번호 표시제한", "en": "Withheld number"},
    "visitor": {"ko": "웹 방문자", "en": "Web visitor"},
    "unproven": {"ko": "확인되지 않음", "en": "unproven"},
}
SHOWN = 4  # characters of a visitor's id: enough to tell those of one day apart


def display(address: Address, region: str, language: str) -> str:
    """A number of our own region in its national form, others in the international one."""
    if address.kind == "visitor":
        return f"{_word('visitor', language)} {address.value[-SHOWN:].upper()}"
    if address.kind == "phone":
        return _phone(address.value, region, language)
    if address.kind == UNPROVEN:
        return f"{address.value} ({_word('unproven', language)})"
    return address.value


def reworded(shown: str, language: str) -> str:
    """What was kept as `display` said it in another language, in this one."""
    for words in WORDS.values():
        for said in words.values():
            if shown.startswith(said):
                return words.get(language, words["en"]) + shown.removeprefix(said)
    return shown


def _phone(value: str, region: str, language: str) -> str:
    if value.startswith("withheld-"):
        return _word("withheld", language)
    if not value.startswith("+"):
        return value.partition("-")[2]
    number = phonenumbers.parse(value)
    ours = number.country_code == phonenumbers.country_code_for_region(region)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def _word(word: str, language: str) -> str:
    return WORDS[word].get(language, WORDS[word]["en"])
