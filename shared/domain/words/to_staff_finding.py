"""What staff are told when a search cannot be made."""

ABOUT_FINDING = {
    "query_too_long": {
        "ko": "검색어가 너무 깁니다. 200자 이하로 줄여 주세요.",
        "en": "That is too long to search for. Use at most 200 characters.",
    },
    "query_too_short": {
        "ko": "한글 두 글자, 영문 세 글자 또는 숫자를 입력하세요.",
        "en": "Type at least two Hangul syllables, three letters of a word, or a number.",
    },
    "find_too_short": {
        "ko": "조금 더 입력하세요: 번호 숫자 4개, 이름 두 글자나 초성 두 개, 이메일 세 글자 이상.",
        "en": "Type a little more: 4 digits of a number, 2 letters or initials of a name, 3 of an email.",
    },
}
