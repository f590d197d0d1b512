"""What staff are told about a customer's card, and about ending a conversation because of abuse."""

ABOUT_CUSTOMERS = {
    "profile_changed": {
        "ko": "그사이 다른 사람이 고쳤습니다. 두 값을 비교해 남길 것을 고르세요.",
        "en": "Somebody else changed this meanwhile. Compare both values and choose which one stays.",
    },
    "profile_no_amount": {
        "ko": "금액은 0 이상의 숫자로 쓰세요.",
        "en": "Write the amount as a number, not below zero.",
    },
    "profile_no_choice": {"ko": "목록에 있는 값을 고르세요.", "en": "Choose one of the values in the list."},
    "profile_no_date": {
        "ko": "날짜를 2026-12-31처럼 쓰세요.",
        "en": "Write the date as 2026-12-31.",
    },
    "profile_no_field": {
        "ko": "설정에 없는 항목입니다. 화면을 새로 고치세요.",
        "en": "The settings have no such field any more. Reload the page.",
    },
    "profile_no_language": {
        "ko": "이 센터의 언어를 고르거나 비워 두세요.",
        "en": "Choose a language of this centre, or none.",
    },
    "profile_no_number": {"ko": "숫자로 쓰세요.", "en": "Write a number."},
    "profile_no_tag": {
        "ko": "설정에 있는 태그를 20개까지 고르세요.",
        "en": "Choose tags of the settings, 20 at most.",
    },
    "profile_no_text": {"ko": "120자까지 쓸 수 있습니다.", "en": "Write 120 characters at most."},
    "profile_too_long": {
        "ko": "글이 너무 깁니다. 이름과 회사는 120자, 메모는 1,000자까지입니다.",
        "en": "This is too long: 120 characters for a name or a company, 1,000 for the note.",
    },
    "wrong_profile": {
        "ko": "저장하지 않았습니다. 표시된 곳을 고치세요.",
        "en": "Nothing was saved. Mend what is marked.",
    },
}
