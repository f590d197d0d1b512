"""Texts and their number of SMS segments: what the rule and the desk's counter are both held to."""

EMOJI = "😀"

SEGMENT_CASES: dict[str, tuple[str, int]] = {
    "nothing": ("", 0),
    "one letter": ("a", 1),
    "a full segment": ("a" * 160, 1),
    "one letter more": ("a" * 161, 2),
    "two full segments": ("a" * 306, 2),
    "one letter more than two": ("a" * 307, 3),
    "brackets that fill one": ("]" * 80, 1),
    "one bracket more": ("]" * 81, 2),
    "brackets leave a place empty in each segment": ("]" * 153, 3),
    "a bracket at the edge goes over whole": ("a" * 152 + "]" + "a" * 151, 2),
    "and may cost a segment": ("a" * 152 + "]" + "a" * 152, 3),
    "the whole extension": ("\f^{}\\[~]|€" * 8, 1),
    "capital cedilla is theirs": ("Ç" * 160, 1),
    "small cedilla is not": ("ç" * 71, 2),
    "a curly quote changes the alphabet": ("a" * 70 + "’", 2),
    "a backtick too": ("`" * 70, 1),
    "Hangul": ("가" * 70, 1),
    "one syllable more": ("가" * 71, 2),
    "two full segments of Hangul": ("가" * 134, 2),
    "Hangul with brackets counts them once": ("가]" * 35, 1),
    "emoji": (EMOJI * 35, 1),
    "one emoji more": (EMOJI * 36, 2),
    "an emoji on the edge goes over whole": ("가" * 66 + EMOJI + "가" * 66, 3),
    "an emoji before the edge": ("가" * 65 + EMOJI + "가" * 67, 2),
    "emoji leave a place empty in each segment": (EMOJI * 67, 3),
    "as long as it may be": ("가" * 1600, 24),
}
