"""Which part of a text is a web address, for the desk and for the widget. Run by Node where there is one."""

import json

from tests.support import node

pytestmark = node.needs_node

# A text, and the addresses in it.
FOUND = {
    "See https://a.test/x?y=1&z=2#top.": ["https://a.test/x?y=1&z=2#top"],
    "HTTP://A.TEST/X": ["HTTP://A.TEST/X"],
    "javascript:alert(1) ftp://a.test xhttps://a.test https:// http://. https:///a.test": [],
    "(https://a.kr/x(1))": ["https://a.kr/x(1)"],
    "[tea](https://a.kr/tea) <https://a.kr/b> {https://a.kr/c}": [
        "https://a.kr/tea",
        "https://a.kr/b",
        "https://a.kr/c",
    ],
    "https://en.wikipedia.org/wiki/Tea_(drink), https://a.kr/x[1]!": [
        "https://en.wikipedia.org/wiki/Tea_(drink)",
        "https://a.kr/x[1]",
    ],
    "https://a.kr/a,https://b.kr;https://c.kr": ["https://a.kr/a", "https://b.kr", "https://c.kr"],
    "https://web.archive.test/2020/https://a.kr/": ["https://web.archive.test/2020/https://a.kr/"],
    "“https://a.kr/차”와 「https://a.kr/잔」 https://a.kr/x… https://a.kr/x🙏": [
        "https://a.kr/차",
        "https://a.kr/잔",
        "https://a.kr/x",
        "https://a.kr/x",
    ],
    # Hangul belongs to an address …
    "https://한글.한국/차?이름=녹차": ["https://한글.한국/차?이름=녹차"],
    "https://a.kr/문의 https://a.kr/지도 https://a.kr/마을 https://a.kr/휴가": [
        "https://a.kr/문의",
        "https://a.kr/지도",
        "https://a.kr/마을",
        "https://a.kr/휴가",
    ],
    "https://ko.wikipedia.org/wiki/김정은": ["https://ko.wikipedia.org/wiki/김정은"],
    "https://a.kr/?q=이": ["https://a.kr/?q=이"],
    # … and the particle behind it to the sentence.
    "https://ko.wikipedia.org/wiki/서울특별시에서": ["https://ko.wikipedia.org/wiki/서울특별시"],
    "https://a.kr/검색?q=가나를": ["https://a.kr/검색?q=가나"],
    "https://a.kr/예약으로": ["https://a.kr/예약"],
    "https://a.kr/ 에서": ["https://a.kr/"],
    "https://a.kr/에서": ["https://a.kr/"],
    "https://a.kr에서 보고 https://b.kr입니다.": ["https://a.kr", "https://b.kr"],
    "https://서울.한국에서": ["https://서울.한국"],
    "http://127.0.0.1:8000/x가 http://localhost:8000에는": [
        "http://127.0.0.1:8000/x",
        "http://localhost:8000",
    ],
    "https://a.kr/%EC%84%9C은 https://a.kr/x1을": ["https://a.kr/%EC%84%9C", "https://a.kr/x1"],
    "(https://a.kr/검색)에서, https://a.kr/매장까지만)!": ["https://a.kr/검색", "https://a.kr/매장"],
    # What names somebody before its host leads elsewhere than it seems.
    "https://bank@evil.test https://bank.kr:443@evil.test/ https://user:word@a.kr https://@a.kr": [],
    "https://bank\uff20evil.test https://bank%40evil.test": [],
    "https://a.kr/@tea https://a.kr?mail=b@a.kr": ["https://a.kr/@tea", "https://a.kr?mail=b@a.kr"],
}
HEAVY = [
    "https://a.kr/" + "가" * 12_000 + "x",
    "https://a.kr/" + "(" * 6000 + ")" * 6000,
    "https://a.kr/" + "에서." * 4000,
    "https://" + "a." * 6000 + "가",
    "https://a" * 1400,
    "https://a.kr,:" * 800,
    "https://a@" * 1200,
]


def test_addresses_are_found_with_hangul_and_brackets_and_without_the_sentence_around_them() -> None:
    found = node.run(f"""
        import {{ pieces }} from "%/kit/addresses.js";
        const texts = {json.dumps(list(FOUND))};
        say(texts.map((text) => pieces(text).filter((part) => part.address).map((part) => part.text)));
    """)

    assert dict(zip(FOUND, found, strict=True)) == FOUND


def test_no_letter_of_a_text_is_lost() -> None:
    lost = node.run(f"""
        import {{ pieces }} from "%/kit/addresses.js";
        const texts = {json.dumps([*FOUND, *HEAVY])};
        say(texts.filter((text) => pieces(text).map((part) => part.text).join("") !== text));
    """)

    assert lost == []
