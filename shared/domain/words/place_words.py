"""A place in a queue and the wait there, as people say them, in Korean and English."""

FAR = 100  # places that are counted

FIRST_TEN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")


def place_words(position: int, language: str, about: bool = False) -> str:
    """ "third", "about 35th"; above 100 "behind more than 100 others"."""
    if position > FAR:
        return "100명 넘는 분들 다음 순서" if language == "ko" else "behind more than 100 others"
    if language == "ko":
        return f"{_korean(position)}쯤" if about else _korean(position)
    return f"about {_english(position)}" if about else _english(position)


def wait_words(low: int, high: int, language: str) -> str:
    """Minutes: "4 to 9 minutes", "less than 2 minutes"."""
    if language == "ko":
        return f"{low}~{high}분" if 0 < low < high else f"{high}분" if low else f"{high}분 이내"
    unit = "minute" if high == 1 else "minutes"
    if not low:
        return f"less than {'a' if high == 1 else high} {unit}"
    return f"{low} to {high} {unit}" if low < high else f"about {high} {unit}"


def place_sentence(place: str, wait: str, language: str) -> str:
    """Of the two above; `wait` is "" where nothing can be said of it."""
    if language == "ko":
        takes = "에 연결됩니다" if wait.endswith("이내") else "쯤 걸립니다"
        return f"{place}입니다. {wait}{takes}." if wait else f"{place}입니다."
    return f"You are {place}; {wait}." if wait else f"You are {place}."


def _english(position: int) -> str:
    if position <= len(FIRST_TEN):
        return FIRST_TEN[position - 1]
    teens = 10 < position % 100 < 14
    return f"{position}{'th' if teens else ENDINGS.get(position % 10, 'th')}"


def _korean(position: int) -> str:
    special = {1: "첫 번째", 20: "스무 번째", FAR: "백 번째"}
    if position in special:
        return special[position]
    return f"{TENS[position // 10]}{ONES[position % 10]} 번째"
