"""Ten thousand texts that break what is careless with text, made here from rules and from the same seed each time.

None holds a control character or a line separator: those do not come back, as the tests of replies say.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator

from tests.security.payloads import PAYLOADS

COUNT = 10_000
LONGEST = 160

SCRIPTS = (
    *(
        (0x0041, 0x005A),
        (0x00C0, 0x017F),
        (0x0250, 0x02AF),
        (0x0370, 0x03FF),
        (0x0400, 0x04FF),
        (0x0531, 0x0556),
    ),
    *(
        (0x05D0, 0x05EA),
        (0x0620, 0x064A),
        (0x0710, 0x072F),
        (0x0780, 0x07A5),
        (0x0904, 0x0939),
        (0x0985, 0x09B9),
    ),
    *(
        (0x0B85, 0x0BB9),
        (0x0D05, 0x0D39),
        (0x0E01, 0x0E2E),
        (0x0F40, 0x0F6C),
        (0x1000, 0x102A),
        (0x10D0, 0x10FA),
    ),
    *(
        (0x1200, 0x135A),
        (0x13A0, 0x13F4),
        (0x1401, 0x166C),
        (0x1780, 0x17B3),
        (0x1820, 0x1877),
        (0x3041, 0x3096),
    ),
    *(
        (0x30A1, 0x30FA),
        (0x4E00, 0x9FA5),
        (0xAC00, 0xD7A3),
        (0xFB50, 0xFBB1),
        (0xFF01, 0xFF5E),
        (0x10330, 0x1034A),
    ),
    *((0x1D400, 0x1D454), (0x12000, 0x1236E), (0x1E900, 0x1E943), (0x20000, 0x2A6D6), (0x1F300, 0x1F5FF)),
)
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u2060\u2061\u2064\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
SPACES = "\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u202f\u205f\u3000\t "
MARKS = "".join(chr(c) for c in range(0x0300, 0x036F)) + "\u0489\u20dd\u20e3\u0e49\u0655\u0940\ufe20"
PEOPLE = "👩👨🧑👧👦👴🤷🏃"
TONES = ("", *(chr(0x1F3FB + n) for n in range(5)))
FOLDING = "ßẞİıſǅǆǇﬁﬀﬃŉǰΐΰσςΣᾳᾼῼⅣⓐａÅÅΩΩµμꮳᏣꭰ҉ꙮﷺ﷽"
NUMBERS = (
    *("0", "-0", "1e309", "-1e-400", "NaN", "nan", "Infinity", "-inf", "0x1F", "0b11", "1_000", "1,000.00"),
    *(
        "1.000,00",
        "١٢٣",
        "１２３",
        "²½",
        "९",
        "𝟏𝟐",
        "9" * 60,
        "0.1+0.2",
        "1/0",
        "2147483648",
        "-9223372036854775809",
    ),
)
WORDS = (
    *(
        "null",
        "undefined",
        "None",
        "nil",
        "true",
        "False",
        "[object Object]",
        "__proto__",
        "constructor",
        "hasOwnProperty",
    ),
    *(
        "CON",
        "aux.txt",
        "../../../etc/passwd",
        "..\\..\\win.ini",
        "/dev/null",
        "file:///etc/hosts",
        "C:\\nul",
        "~root",
    ),
    *(
        "%s%s%n",
        "%00",
        "%d%x%p",
        "{0}",
        "{}",
        "{{7*7}}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "$(touch x)",
        "`touch x`",
    ),
    *(
        "' OR 1=1 --",
        '"; DROP TABLE comments_comment; --',
        "1' UNION SELECT 1,2 --",
        "'; SELECT pg_sleep(9); --",
        "\\'",
    ),
    *(
        "*)(uid=*",
        "x' or '1'='1",
        "|| true",
        "; reboot",
        "& dir",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "=1+1",
        "+1",
        "-1",
    ),
    *(
        "\\u0000",
        "\\x00",
        "\\",
        "\\\\",
        "/",
        "//",
        "&amp;amp;",
        "&#0;",
        "&#x110000;",
        "&nbsp",
        "]]>",
        "<!--",
        "-->",
    ),
    *(
        "Set-Cookie: a=b",
        "HTTP/1.1 200 OK",
        "Content-Length: 0",
        "<?php",
        "<![CDATA[",
        "\ufdd0",
        "\uffff",
        "\U0010ffff",
    ),
    *(
        "***",
        "___",
        "~~~",
        "[]()",
        "[a](b",
        "![]()",
        "> > > >",
        "1. 2. 3.",
        "- - -",
        "<a",
        "[^1]",
        "\\*",
        "|||",
        "====",
    ),
)


def _letters(dice: random.Random, most: int = 12) -> str:
    low, high = dice.choice(SCRIPTS)
    points = (chr(dice.randint(low, high)) for _ in range(dice.randint(1, most)))
    return "".join(c for c in points if unicodedata.category(c) not in ("Cn", "Cs"))


def _among(dice: random.Random, unseen: str) -> str:
    return "".join(c + dice.choice(unseen) for c in _letters(dice) + _letters(dice))


def _flooded(dice: random.Random) -> str:
    return "".join(c + "".join(dice.choices(MARKS, k=dice.randint(1, 20))) for c in _letters(dice, 5))


def _emoji(dice: random.Random) -> str:
    family = "\u200d".join(dice.choice(PEOPLE) + dice.choice(TONES) for _ in range(dice.randint(1, 5)))
    flag = "".join(chr(0x1F1E6 + dice.randint(0, 25)) for _ in range(2))
    return family + flag + dice.choice("0123456789#*") + "\ufe0f\u20e3"


def _payload(dice: random.Random) -> str:
    return " ".join("".join(c for c in dice.choice(PAYLOADS) if _comes_back(c)).split())


KINDS: tuple[Callable[[random.Random], str], ...] = (
    lambda dice: _letters(dice) + " " + _letters(dice),
    lambda dice: _among(dice, BIDI),
    lambda dice: dice.choice(BIDI) + _letters(dice) + dice.choice(BIDI) * dice.randint(1, 9),
    lambda dice: _among(dice, UNSEEN),
    lambda dice: "".join(dice.choices(UNSEEN, k=9)),
    lambda dice: _among(dice, SPACES),
    _flooded,
    lambda dice: "".join(dice.choices(MARKS, k=dice.randint(1, 30))),
    _emoji,
    lambda dice: _emoji(dice)[:: dice.choice((1, -1))],
    lambda dice: "".join(dice.choices(FOLDING, k=dice.randint(1, 12))),
    lambda dice: dice.choice(NUMBERS) + dice.choice(("", " ", "e", "٪", "€")),
    lambda dice: dice.choice(WORDS) + dice.choice(("", "", _letters(dice))),
    lambda dice: (dice.choice(WORDS) + dice.choice(BIDI) + dice.choice(WORDS))[::-1],
    _payload,
    lambda dice: _payload(dice).swapcase() + dice.choice(BIDI),
    lambda dice: unicodedata.normalize("NFD", _letters(dice) + "éñüǰ가각"),
    lambda dice: dice.choice("*_>[`#-~<&\"'") * dice.randint(1, 60),
)


def texts() -> Iterator[str]:
    """The texts, each of at most `LONGEST` code points; no two runs differ."""
    dice = random.Random(20260105)  # noqa: S311 - made-up texts, no secrets
    for number in range(COUNT):
        made = KINDS[number % len(KINDS)](dice)
        yield "".join(c for c in made if _comes_back(c))[:LONGEST]


def _comes_back(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") or character == "\t"
