"""A Korean input method: what stands in a field after these keys, the last syllable still under way."""

from shared.domain.hangul import FINALS, INITIALS, PAIRS, VOWELS

MADE = {pair: letter for letter, pair in PAIRS.items()}


def composed(keys: str) -> str:
    done, now = "", ""  # `now` is the syllable under way: its letters
    for key in keys:
        before, now = _after(now, key)
        done += _written(before)
    return done + _written(now)


def _after(now: str, key: str) -> tuple[str, str]:
    """What is finished by a key, and what is under way then."""
    vowel = key in VOWELS
    match len(now):
        case 0:
            return "", key
        case 1 if vowel != (now in VOWELS):
            return ("", now + key) if vowel else (now, key)
        case 1:
            return ("", MADE[now + key]) if now + key in MADE and vowel else (now, key)
        case 2 if vowel:
            pair = MADE.get(now[1] + key)
            return ("", now[0] + pair) if pair else (now, key)
        case 2:
            return ("", now + key) if key in FINALS else (now, key)
        case _ if vowel:  # the final, or the second of two, belongs to the next syllable
            final = PAIRS.get(now[2], now[2])
            return now[:2] + final[:-1], final[-1] + key
    pair = MADE.get(now[2] + key)
    return ("", now[:2] + pair) if pair else (now, key)


def _written(letters: str) -> str:
    if len(letters) < 2:
        return letters
    final = FINALS.index(letters[2]) + 1 if len(letters) > 2 else 0
    return chr(0xAC00 + (INITIALS.index(letters[0]) * 21 + VOWELS.index(letters[1])) * 28 + final)
