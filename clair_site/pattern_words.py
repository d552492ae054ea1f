"""Sample words of the pattern page, in the scripts that the site must look right in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle

from django.utils.html import format_html
from django.utils.safestring import SafeString

from translations.languages import LANGUAGES, Language

# No language of the site is written from right to left; this one holds the place of such.
ARABIC = Language("ar", "ar", "العربية", "Arabic", "ar", direction="rtl")


@dataclass(frozen=True)
class Words:
    """A language with a few phrases and sentences, and a word that is long in it."""

    language: Language
    phrases: tuple[str, ...]
    sentences: tuple[str, ...]
    long_word: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "_phrases", cycle(self.phrases))
        object.__setattr__(self, "_sentences", cycle(self.sentences))

    @property
    def phrase(self) -> str:
        """The next phrase; after the last comes the first again."""
        return next(self._phrases)

    @property
    def sentence(self) -> str:
        """The next sentence; after the last comes the first again."""
        return next(self._sentences)

    @property
    def text(self) -> str:
        """All sentences, one after another."""
        return ("" if self.language.tag in ("ja", "th") else " ").join(self.sentences)

    @property
    def prose(self) -> SafeString:
        """Running text with everything that it can hold."""
        return format_html(
            "<h2>{}</h2><p>{} <b>{}</b> <a href='https://www.example.org/'>{}</a></p>"
            "<ul><li>{}</li><li>{}</li></ul><h3>{}</h3><ol><li>{}</li><li>{}</li></ol>",
            self.phrase,
            self.text,
            self.long_word,
            self.phrase,
            self.sentence,
            self.sentence,
            self.phrase,
            self.sentence,
            self.sentence,
        )


WORDS = {
    words.language.code: words
    for words in (
        Words(
            LANGUAGES["en"],
            ("Town hall", "Register your address", "People", "International exchange"),
            (
                "Ask at the town hall when you have moved.",
                "Bring your residence card, please.",
                "The office is open from Monday to Friday.",
            ),
            "internationalisation",
        ),
        Words(
            LANGUAGES["de"],
            ("Rathaus", "Wohnsitz anmelden", "Menschen", "Internationaler Austausch"),
            (
                "Fragen Sie im Rathaus, wenn Sie umgezogen sind.",
                "Bringen Sie bitte Ihre Aufenthaltskarte mit.",
                "Das Büro ist von Montag bis Freitag geöffnet.",
            ),
            "Krankenversicherungsbescheinigung",
        ),
        Words(
            LANGUAGES["vi"],
            ("Tòa thị chính", "Đăng ký địa chỉ", "Người", "Giao lưu quốc tế"),
            (
                "Hãy hỏi tòa thị chính khi bạn chuyển nhà.",
                "Vui lòng mang theo thẻ lưu trú.",
                "Văn phòng mở cửa từ thứ Hai đến thứ Sáu.",
            ),
            "nghiêng",
        ),
        Words(
            LANGUAGES["ja"],
            ("市役所", "住所の登録", "人", "国際交流"),
            (
                "引っ越したときは、市役所で手続きをしてください。",
                "在留カードを持ってきてください。",
                "窓口は月曜日から金曜日まで開いています。",
            ),
            "コミュニケーション",
        ),
        Words(
            LANGUAGES["th"],
            ("ที่ว่าการเมือง", "ลงทะเบียนที่อยู่", "คน", "การแลกเปลี่ยนระหว่างประเทศ"),
            (
                "เมื่อย้ายบ้านแล้ว โปรดสอบถามที่ว่าการเมือง",
                "โปรดนำบัตรผู้พำนักมาด้วย",
                "สำนักงานเปิดวันจันทร์ถึงวันศุกร์",
            ),
            "องค์กรปกครองส่วนท้องถิ่น",
        ),
        Words(
            LANGUAGES["ko"],
            ("시청", "주소 등록", "명", "국제 교류"),
            (
                "이사하신 후에는 시청에 문의해 주십시오.",
                "재류카드를 가져오시기 바랍니다.",
                "창구는 월요일부터 금요일까지 엽니다.",
            ),
            "지방자치단체국제화협회",
        ),
        Words(
            LANGUAGES["ru"],
            ("Мэрия", "Регистрация адреса", "человек", "Международный обмен"),
            (
                "После переезда обратитесь в мэрию.",
                "Возьмите с собой карту резидента.",
                "Отдел работает с понедельника по пятницу.",
            ),
            "достопримечательность",
        ),
        Words(
            ARABIC,
            ("دار البلدية", "تسجيل العنوان", "شخص", "التبادل الدولي"),
            (
                "اسأل في دار البلدية بعد انتقالك إلى سكن جديد.",
                "أحضر معك بطاقة الإقامة من فضلك.",
                "المكتب مفتوح من الاثنين إلى الجمعة.",
            ),
            "والاستراتيجيات",
        ),
    )
}
