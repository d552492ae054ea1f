"""How what is counted is read after a number: 1日, 2人, 3階, 10分. Analysers get these wrong."""

from __future__ import annotations

Pairs = list[tuple[str, str]]

DAYS = {
    **{2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか"},
    **{9: "ここのか", 10: "とおか", 14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか"},
}
# Number and counter are one word: its reading stands above both.
ONE_WORD = {
    ("人", 1): "ひとり",
    ("人", 2): "ふたり",
    ("歳", 20): "はたち",
    ("才", 20): "はたち",
    **{("日", number): reading for number, reading in DAYS.items()},
}
# By the number's last digit, where 0 is 10 or 100; without a digit: after any other.
BY_LAST_DIGIT = {
    "人": {"": "にん"},
    "日": {"": "にち"},
    "月": {"": "がつ"},
    "年": {"": "ねん"},
    "時": {"": "じ"},
    "番": {"": "ばん"},
    "歳": {"": "さい"},
    "才": {"": "さい"},
    "町": {"": "ちょう"},
    "村": {"": "そん"},
    "分": {**dict.fromkeys("013468", "ぷん"), "": "ふん"},
    "本": {**dict.fromkeys("0168", "ぽん"), "3": "ぼん", "": "ほん"},
    "杯": {**dict.fromkeys("0168", "ぱい"), "3": "ばい", "": "はい"},
    "匹": {**dict.fromkeys("0168", "ぴき"), "3": "びき", "": "ひき"},
    "泊": {**dict.fromkeys("013468", "ぱく"), "": "はく"},
    "階": {"3": "がい", "": "かい"},
    "軒": {"3": "げん", "": "けん"},
    "足": {"3": "ぞく", "": "そく"},
    "千": {"3": "ぜん", "": "せん"},
}
# What can follow a counter within one word.
AFTER_COUNTER = {"間": "かん", "目": "め", "前": "まえ", "後": "ご", "中": "ちゅう", "分": "ぶん"}
MONTHS = ("月", "毎月")


def whole_number(digits: str) -> int | None:
    """The number that digits with or without commas write; None for anything else."""
    plain = digits.replace(",", "").replace("，", "")
    return int(plain) if plain.isdigit() else None


def read_counted(digits: str, counter: str, before: str, after: str) -> Pairs | None:
    """The reading of a counter after its number; None when the analyser's own is right.

    `before` is the word before the number: the 1st of a month is another word than one day. `after`
    is what follows: 2分の1 is a part, not a time.
    """
    number = whole_number(digits)
    if number is None or counter not in BY_LAST_DIGIT:
        return None
    if counter == "日" and number == 1 and before in MONTHS:
        return [(f"{digits}日", "ついたち")]
    if reading := ONE_WORD.get((counter, number)):
        return [(f"{digits}{counter}", reading)]
    if counter == "分" and after[:1] in ("の", "け", "割"):
        return [("分", "ぶん")]
    readings = BY_LAST_DIGIT[counter]
    return [(counter, readings.get(str(number % 10), readings[""]))]
