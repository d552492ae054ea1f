"""How texts become search terms: the same analysis for what is stored and for what is asked.

Scripts that write words without spaces, and Hangul with its particles, become single grapheme
clusters and rows of two (Thai and its kin: three); words of other scripts become stems without
accents. Every token is written in hexadecimal digits, so that no database takes it apart again.

Easy Japanese has a space between phrases. In what is stored, a space between two kana or Han
characters is read over, so that who asks without spaces finds it too; in a question, it stands
between two things that are asked for, as it does elsewhere. What explains a word in brackets
does not part the word from its particle: 避難所（逃げる ところ）に.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

# PostgreSQL refuses more than a megabyte of terms for one page, and more than 2 KB for one term.
MAX_DOCUMENT_CHARACTERS = 100_000
MAX_DOCUMENT_BYTES = 800_000
# What a term takes beside its own letters, and for each place that it stands at, of which so many.
BYTES_A_TERM, BYTES_A_PLACE, MAX_PLACES = 4, 2, 255
MAX_WORD_CHARACTERS = 64
MAX_QUERY_TOKENS = 80
# A token that no text ever has.
NO_TOKEN = "x"  # noqa: S105

# Snowball's names, by the first part of our language codes. Other languages stay as they are.
STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "id": "indonesian",
    "it": "italian",
    "ne": "nepali",
    "pt": "portuguese",
    "ru": "russian",
    "ta": "tamil",
    "tr": "turkish",
}

THAI_TO_KHMER = (
    "\u0e01-\u0e3e\u0e40-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf"  # Thai and Lao, without digits
    "\u1000-\u103f\u1050-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17d3\u17d7\u17dc\u17dd"  # Khmer
)
KANA_AND_HAN = (
    "\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7fb"


def _marks() -> str:
    """Combining marks as ranges of a character class; `\\w` leaves them out."""
    ranges: list[list[int]] = []
    for point in range(0x300, 0x11A00):
        if unicodedata.category(chr(point))[0] == "M":
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


MARKS = _marks()
UNSPACED = THAI_TO_KHMER + KANA_AND_HAN + HANGUL
PIECE = re.compile(
    f"(?P<run>[{THAI_TO_KHMER}]+"
    f"|[{KANA_AND_HAN}{HANGUL}]+(?:(?<=[{KANA_AND_HAN}]) (?=[{KANA_AND_HAN}])"
    f"[{KANA_AND_HAN}{HANGUL}]+)*)"
    # What French leaves of an article before a vowel (l'eau), and the English possessive.
    r"|(?P<elided>(?<!\w)(?:[a-z]|qu)['’](?=\w)|['’]s(?!\w))"
    f"|(?P<word>(?:(?![{UNSPACED}])[^\\W_])(?:(?![{UNSPACED}])(?:[^\\W_]|[{MARKS}]))*)"
)
EXPLANATION = re.compile(f"([{KANA_AND_HAN}])\\([^()]{{1,60}}\\)([{KANA_AND_HAN}])")
# Thai and Lao vowel am belongs to the letter before it, as marks do.
CLUSTER = re.compile(f"(?s:.)[{MARKS}\u0e33\u0eb3]{{0,8}}")
CHUNK = re.compile(f"(?s:.)[{MARKS}\u0e33\u0eb3\uff9e\uff9f]*")
SINGLE_LETTERS = re.compile(f"[{THAI_TO_KHMER}]")
# Words are written in either kana (ごみ, ゴミ), and е often stands for ё.
SAME_LETTER = {point: point - 0x60 for point in range(0x30A1, 0x30F7)} | {ord("ё"): "е"}
FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
SPLIT_LAO_AM = re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2")
ACCENTS = re.compile("[\u0300-\u036f]")
TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
WITHOUT_ACCENT = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})
# Endings whose accents people leave out, and by which Snowball knows the forms of a word.
USUAL_ENDINGS = {
    "es": ((re.compile("(?<=[cs])ion$"), "ión"),),
    "pt": (
        (re.compile("cao$"), "ção"),
        (re.compile("coes$"), "ções"),
        (re.compile("ao$"), "ão"),
        (re.compile("oes$"), "ões"),
    ),
}
# In a question, a particle at the end of a Korean word says nothing about what is looked for.
PARTICLE = re.compile(
    f"(?<=[{HANGUL}]{{2}})(?:에서는|에서|에게|으로|부터|까지|이나|은|는|이|가|을|를|의|에|와|과|도|로)$"
)


def normalise(text: str) -> str:
    """The text as it is compared: one form for each character, no case, nothing invisible."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
        # NFKC takes Thai and Lao am apart, which would end a cluster inside a letter.
        text = SPLIT_LAO_AM.sub("\\1\u0eb3", SPLIT_AM.sub("\\1\u0e33", text))
        text = text.replace("\u0e40\u0e40", "\u0e41")  # two sara e typed for sara ae
        text = FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    return text.casefold().translate(SAME_LETTER)


def encode(term: str) -> str:
    """A term as a token: a letter and hexadecimal digits."""
    return "x" + term.encode("utf-8", "surrogatepass").hex()


def language_token(language_code: str) -> str:
    """The token of all that is written in a language of ours."""
    return "l" + language_code.encode().hex()


def fold(word: str) -> str:
    """A word without accents. Cyrillic й is a letter of its own and stays."""
    if word.isascii():
        return word
    letters = (
        letter if letter == "й" else ACCENTS.sub("", unicodedata.normalize("NFD", letter))
        for letter in word
    )
    return unicodedata.normalize("NFC", "".join(letters)).translate(WITHOUT_ACCENT)


@lru_cache
def _stemmer(primary: str):
    """The stemmer for a language by the first part of its code, or None."""
    return snowballstemmer.stemmer(STEMMERS[primary]) if primary in STEMMERS else None


@lru_cache(maxsize=50_000)
def stem(word: str, language_code: str) -> str:
    """The stem of a normalised word, without accents; the folded word where there is no stemmer."""
    primary = language_code.partition("-")[0]
    stemmer = _stemmer(primary)
    if word.isascii():
        for ending, accented in USUAL_ENDINGS.get(primary, ()):
            word = ending.sub(accented, word)
    return fold(stemmer.stemWord(word)) if stemmer else fold(word)


def _with_tone_last(word: str) -> str:
    """A Vietnamese word with its tone at the end: hoà and hòa are the same word."""
    letters = unicodedata.normalize("NFD", word)
    return TONES.sub("", letters) + "".join(TONES.findall(letters))


@lru_cache(maxsize=50_000)
def _stored(word: str, language_codes: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens that a word is found by in any of the languages; without one, the folded word."""
    if not language_codes:
        return (encode(fold(word)),)
    terms = [term for code in language_codes for term in _stored_terms(word, code)]
    return tuple(encode(term) for term in dict.fromkeys(terms))


def _stored_terms(word: str, language_code: str) -> tuple[str, ...]:
    """The terms that a word is found by in a language: typed with its accents, and without."""
    if language_code == "vi":
        return (fold(word), _with_tone_last(word))
    return (stem(word, language_code), stem(fold(word), language_code))


def _asked(word: str, language_code: str) -> str:
    """The term to look for. In Vietnamese, accents that were typed count."""
    if language_code == "vi" and fold(word) != word:
        return encode(_with_tone_last(word))
    return encode(stem(word, language_code))


def _clusters(run: str) -> list[str]:
    return CLUSTER.findall(run)


def _pieces(normalised: str) -> Iterator[tuple[str, str]]:
    """The runs without spaces and the words of a text, in order, as (kind, text).

    A run of phrases with spaces between them comes as one, with its spaces.
    """
    for piece in PIECE.finditer(normalised):
        if piece.lastgroup != "elided":
            yield piece.lastgroup, piece[0] if piece.lastgroup == "run" else _short(piece[0])


def _asked_pieces(question: str) -> Iterator[tuple[str, str]]:
    """As `_pieces`, of a normalised question: a space ends a run."""
    for kind, piece in _pieces(question):
        yield from ((kind, part) for part in piece.split(" "))


def _short(word: str) -> str:
    return word[:MAX_WORD_CHARACTERS]


def _neighbours(clusters: list[str], length: int) -> list[str]:
    """Every `length` clusters in a row, joined."""
    return ["".join(row) for row in zip(*(clusters[n:] for n in range(length)), strict=False)]


def _grams(run: str) -> list[str]:
    """The clusters of a run and the pairs of neighbours; threes where a cluster is one letter."""
    clusters = _clusters(run)
    threes = _neighbours(clusters, 3) if SINGLE_LETTERS.match(run) else []
    return clusters + _neighbours(clusters, 2) + threes


def document_tokens(text: str, *language_codes: str) -> str:
    """The tokens that a text is found by, with spaces between them.

    The codes are ours: that of its language, or several for a text that may be in any of them.
    Without one, words stay unstemmed, as completion needs them.
    """
    normalised = normalise(text[:MAX_DOCUMENT_CHARACTERS])
    tokens = [encode(last + first) for last, first in EXPLANATION.findall(normalised)]
    times: dict[str, int] = {}
    room = MAX_DOCUMENT_BYTES
    for kind, piece in _pieces(normalised):
        if kind == "run":
            found = map(encode, _grams(piece.replace(" ", "")))
        else:
            found = _stored(piece, language_codes)
        for token in found:
            before = times.get(token, 0)
            if before == 0:
                room -= len(token) + BYTES_A_TERM
            if before < MAX_PLACES:
                room -= BYTES_A_PLACE
            times[token] = before + 1
            tokens.append(token)
        if room < 0:
            break
    return " ".join(tokens)


def _run_terms(run: str) -> list[str]:
    """What to look for of a run: the longest rows of clusters that are stored."""
    clusters = _clusters(PARTICLE.sub("", run))
    longest = 3 if SINGLE_LETTERS.match(run) else 2
    return _neighbours(clusters, min(longest, len(clusters)))


def query_tokens(text: str, language_code: str) -> list[str]:
    """The tokens that a text must have to answer a question asked in a language; all of them.

    Empty when the question has neither letters nor digits.
    """
    tokens: dict[str, None] = {}
    question = normalise(text[: MAX_QUERY_TOKENS * MAX_WORD_CHARACTERS])
    for kind, piece in _asked_pieces(question):
        if kind == "run":
            tokens.update(dict.fromkeys(map(encode, _run_terms(piece))))
        else:
            tokens[_asked(piece, language_code) if language_code else encode(fold(piece))] = None
    return list(tokens)[:MAX_QUERY_TOKENS]


def query_alternatives(text: str, language_codes: list[str]) -> list[list[str]]:
    """As `query_tokens`, for a question that may be in any of the languages.

    Of each inner list a text must have one token.
    """
    needed: dict[tuple[str, ...], None] = {}
    question = normalise(text[: MAX_QUERY_TOKENS * MAX_WORD_CHARACTERS])
    for kind, piece in _asked_pieces(question):
        if kind == "run":
            needed.update(dict.fromkeys((encode(term),) for term in _run_terms(piece)))
        else:
            stems = (_asked(piece, code) for code in language_codes)
            needed[tuple(dict.fromkeys(stems))] = None
    return [list(tokens) for tokens in needed][:MAX_QUERY_TOKENS]


def _with_origins(text: str) -> tuple[str, list[int], list[int]]:
    """The normalised text, and where in the text each of its characters begins and ends.

    Without the places where they are the same in both.
    """
    normalised = normalise(text)
    if len(normalised) == len(text) and (
        text.isascii()
        or (
            unicodedata.is_normalized("NFKC", text.replace("\u0e33", ""))
            and not INVISIBLE.search(text)
        )
    ):
        return normalised, [], []
    parts: list[str] = []
    origins: list[int] = []
    ends: list[int] = []
    for chunk in CHUNK.finditer(text):
        parts.append(normalise(chunk[0]))
        # A chunk is marked whole.
        origins.extend([chunk.start()] * len(parts[-1]))
        ends.extend([chunk.end()] * len(parts[-1]))
    return "".join(parts), origins, ends


def find_spans(text: str, query: str, language_code: str) -> list[tuple[int, int]]:
    """Where a text answers the question, as (start, end) in characters, in order, not touching.

    A word is marked as a whole, whatever its inflection; in scripts without spaces, what was asked.
    """
    normalised, origins, ends = _with_origins(text)
    asked = list(_asked_pieces(normalise(query)))
    words = {_asked(piece, language_code) for kind, piece in asked if kind == "word"}
    runs = {PARTICLE.sub("", piece) for kind, piece in asked if kind == "run"}
    found: list[tuple[int, int]] = []
    for piece in PIECE.finditer(normalised):
        if piece.lastgroup == "word" and words.intersection(
            _stored(_short(piece[0]), (language_code,))
        ):
            found.append((piece.start(), piece.end()))
        elif piece.lastgroup == "run":
            # Looked for without its spaces; `at` is where its characters stand in the text.
            letters = piece[0].replace(" ", "")
            at = [piece.start() + n for n, letter in enumerate(piece[0]) if letter != " "]
            for run in runs:
                start = letters.find(run)
                while start >= 0:
                    found.append((at[start], at[start + len(run) - 1] + 1))
                    start = letters.find(run, start + len(run))
    spans: list[tuple[int, int]] = []
    for first, last in sorted(found):
        start, end = (origins[first], ends[last - 1]) if origins else (first, last)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
