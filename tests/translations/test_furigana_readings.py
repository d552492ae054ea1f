"""Japanese words get the readings that a reader in Japan would give them."""

from __future__ import annotations

import re

import pytest

from translations.furigana import dictionary
from translations.furigana.alignment import align
from translations.furigana.analysis import Corrections, read

# Sentences of the site's pages; the reading stands behind each word that has kanji.
SENTENCES = """
このページの事実(じじつ)は、2026年(ねん)11月(がつ)23日(にち)に出典(しゅってん)と照(て)らし合(あ)わせて確認(かくにん)しました。
日本(にほん)の年度(ねんど)は4月(がつ)1日(ついたち)に始(はじ)まります。
この翻訳(ほんやく)は、2026年(ねん)11月(がつ)25日(にち)の英語(えいご)版(ばん)をもとにしています。
引(ひ)っ越(こ)したら、14日(じゅうよっか)以内(いない)に、役所(やくしょ)で住所(じゅうしょ)を登録(とうろく)します。
2023年(ねん)9月(がつ)7日(なのか)のオンラインセミナー
期間(きかん)はふつう10日(とおか)から1か月(げつ)で、自治体(じちたい)が決(き)めます。
事務所(じむしょ)は、日本(にほん)に10日(とおか)間(かん)滞在(たいざい)する研修(けんしゅう)を手伝(てつだ)います。
2024年(ねん)5月(がつ)11日(にち)には、長野県(ながのけん)佐久市(さくし)の店(みせ)がパリに開店(かいてん)しました。
80,862人(にん)
1987年(ねん)から、毎年(まいとし)何人(なんにん)がJETプログラムに参加(さんか)したか。
市長(しちょう)が客(きゃく)を迎(むか)えるとき、あなたは2人(ふたり)の間(あいだ)に座(すわ)って通訳(つうやく)する。
避難所(ひなんじょ)はどこですか。
地震(じしん)のあと、役所(やくしょ)は、水(みず)がもらえる場所(ばしょ)や避難所(ひなんじょ)を伝(つた)えます。
警察(けいさつ)は110番(ばん)に電話(でんわ)してください。
171は何(なん)の番号(ばんごう)ですか
何(なに)があったかを言(い)う
何(なに)を持(も)っていけばいいですか。
東京都(とうきょうと)千代田区(ちよだく)麹町(こうじまち)1-7
相互(そうご)半蔵門(はんぞうもん)ビル1階(かい)・6階(かい)・7階(かい)
東京(とうきょう)メトロ有楽町線(ゆうらくちょうせん) 麹町駅(こうじまちえき) 徒歩(とほ)8分(ぷん)
半蔵門線(はんぞうもんせん) 半蔵門駅(はんぞうもんえき) 1番(ばん)出口(でぐち) 徒歩(とほ)1分(ぷん)
自治体(じちたい)国際化(こくさいか)協会(きょうかい)
CLAIRの元(もと)職員(しょくいん)、CLAIRパリ
名前(なまえ)が変(か)わったため、その後(ご)に内容(ないよう)を改(あらた)めました。
2011年(ねん)の版(はん)にリンクしています。
海外(かいがい)事務所(じむしょ)が依頼(いらい)を受(う)けて行(おこな)った調査(ちょうさ)
オンラインで行(おこな)いました。
薬(くすり)を持(も)って、病院(びょういん)へ行(い)ってください。
海(うみ)の近(ちか)くにいたら、すぐに高(たか)い所(ところ)へ逃(に)げてください。
体(からだ)を低(ひく)くして、頭(あたま)を守(まも)り、ゆれが止(と)まるまでつかまってください。
よくある一(いち)日(にち)の3つの場面(ばめん)
レポートがほしい方(かた)は、東京(とうきょう)のCLAIR本部(ほんぶ)に聞(き)いてください。
ごみの分(わ)け方(かた)は、住(す)んでいる市(し)、区(く)、町(まち)、村(むら)が決(き)めます。
ごみを集(あつ)める日(ひ)と場所(ばしょ)も決(き)めます。
大家(おおや)さんか近所(きんじょ)の人(ひと)に聞(き)いてください。
滋賀県(しがけん)にある研修所(けんしゅうじょ)のJIAMで、約(やく)1か月(げつ)日本語(にほんご)を学(まな)びました。
北米(ほくべい)とカリブ海(かい)の4か国(こく)を担当(たんとう)しています。
長崎市(ながさきし)とミネソタ州(しゅう)のセントポール市(し)が最初(さいしょ)の姉妹都市(しまいとし)になりました。
イイカワ・ヒトシ氏(し)（宮城県(みやぎけん)）
健康(けんこう)保険(ほけん)証(しょう)と、薬(くすり)の名前(なまえ)がわかるもの
電話(でんわ) 03-5213-1730
お問(と)い合(あ)わせ
地震(じしん)の あと、すぐに 高(たか)い 所(ところ)へ 逃(に)げて ください。
文字(もじ)や 行(ぎょう)の 間(あいだ)が 広(ひろ)い
""".strip().splitlines()

COUNTED = """
1日(にち)3回(かい)
毎月(まいつき)1日(ついたち)
20日(はつか)
24日(にじゅうよっか)
2日(ふつか)前(まえ)
1人(ひとり)
2人(ふたり)目(め)
3人(にん)家族(かぞく)
12人(にん)
20歳(はたち)
21歳(さい)
3階(がい)
4階(かい)
10分(ぷん)
15分(ふん)
2分(ぶん)の1
3本(ぼん)
6本(ぽん)
1,003千(ぜん)円(えん)
3か月(げつ)
""".strip().splitlines()


def spoken(sentence: str, corrections: Corrections | None = None) -> str:
    """The sentence with each reading in brackets behind its word."""
    parts, at = [], 0
    for word, reading in read(sentence, corrections or Corrections()):
        start = sentence.index(word, at)
        parts += [sentence[at:start], word, f"({reading})" if reading else ""]
        at = start + len(word)
    return "".join(parts) + sentence[at:]


def without_readings(line: str) -> str:
    """The sentence alone."""
    return re.sub(r"\([ぁ-ゖー]+\)", "", line)


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_of_our_pages_is_read_as_people_in_japan_read_it(line):
    assert spoken(without_readings(line)) == line


def test_a_correction_holds_where_phrases_stand_apart_too():
    corrections = Corrections(site={"高い所": "たかいとこ"})
    assert spoken("高い 所へ", corrections) == "高(たか)い 所(とこ)へ"


@pytest.mark.parametrize("line", COUNTED)
def test_what_is_counted_is_read_as_its_number_wants_it(line):
    assert spoken(without_readings(line)) == line


@pytest.mark.parametrize("word", dictionary.words())
def test_every_word_of_our_own_is_read_as_our_list_says(word):
    reading = "".join(part for _, part in dictionary.words()[word])
    assert "".join(found for _, found in read(f"ここは{word}です。", Corrections())) == reading


@pytest.mark.parametrize(
    ("word", "reading", "parts"),
    [
        ("逃げる", "ニゲル", [("逃", "に")]),
        ("問い合わせ", "トイアワセ", [("問", "と"), ("合", "あ")]),
        ("引っ越し", "ヒッコシ", [("引", "ひ"), ("越", "こ")]),
        ("スペイン語", "スペインゴ", [("語", "ご")]),
        ("避難所", "ヒナンジョ", [("避難所", "ひなんじょ")]),
        ("お知らせ", "オシラセ", [("知", "し")]),
        # What the reading does not have cannot hold it in place.
        ("言う", "ユー", [("言う", "ゆー")]),
    ],
)
def test_kana_in_a_word_hold_its_reading_in_place(word, reading, parts):
    assert align(word, reading) == parts


def test_a_correction_wins_over_the_machine():
    corrections = Corrections(site={"市場": "いちば"})
    assert spoken("町の市場を見る", corrections) == "町(まち)の市場(いちば)を見(み)る"


def test_a_correction_for_the_page_wins_over_one_for_the_site():
    corrections = Corrections(site={"市場": "いちば"}, page={"市場": "しじょう"})
    assert spoken("市場", corrections) == "市場(しじょう)"


def test_a_correction_is_for_the_word_and_not_for_its_characters_in_another():
    corrections = Corrections(site={"方": "ほう"})
    assert spoken("この方の方法", corrections) == "この方(ほう)の方法(ほうほう)"


def test_a_correction_of_several_words_reaches_over_them_all():
    corrections = Corrections(site={"行った道": "とおったみち"})
    assert spoken("昨日行った道", corrections) == "昨日(きのう)行(とお)った道(みち)"


def test_an_empty_correction_shows_no_reading():
    assert spoken("市場へ行く", Corrections(site={"市場": ""})) == "市場へ行(い)く"


def test_a_correction_that_begins_or_ends_inside_a_word_is_left_out():
    corrections = Corrections(site={"知": "ち", "内線": "ないせん"})
    assert spoken("お知らせ、丸ノ内線", corrections) == "お知(し)らせ、丸(まる)ノ内線(うちせん)"


def test_the_longer_of_two_corrections_holds():
    corrections = Corrections(site={"半蔵": "はんぞう", "半蔵門": "はんぞうのもん"})
    assert spoken("半蔵門", corrections) == "半蔵門(はんぞうのもん)"


def test_every_kanji_of_a_sentence_is_in_a_word_so_that_no_reading_slips_to_another():
    text = "𠮷野家の髙橋さんは、〆切の2日前に𩸽を食べた々。"
    words = "".join(word for word, _ in read(text, Corrections()))
    assert [char for char in text if char in "野家橋切日前食々"] == [
        char for char in words if char in "野家橋切日前食々"
    ]


def test_the_words_are_compiled_once_and_again_when_they_change(settings, tmp_path, monkeypatch):
    from pathlib import Path

    import sudachidict_core

    settings.DATA_DIR = tmp_path
    system = Path(sudachidict_core.__file__).parent / "resources" / "system.dic"
    built = []

    def build(system: Path, lexicon: Path, target: Path) -> None:
        built.append(lexicon.read_text(encoding="utf-8"))
        target.write_bytes(b"compiled")

    monkeypatch.setattr(dictionary, "build", build)
    first = dictionary.compiled(system)
    assert dictionary.compiled(system) == first
    assert len(built) == 1 and "避難所" in built[0] and "ヒナンジョ" in built[0]
    monkeypatch.setattr(dictionary, "words", lambda: {"公民館": [("公民館", "こうみんかん")]})
    second = dictionary.compiled(system)
    assert second != first and not first.exists() and len(built) == 2
    assert [path.name for path in (tmp_path / "furigana").iterdir()] == [second.name]
