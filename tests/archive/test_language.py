"""Languages: as the source says, else as the words tell, else nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pytest
from archive_samples import ARTICLES, articles_of, write_csv

from masthead.archive import Archive
from masthead.archive.adding.language import detect_languages, language_code

ENGLISH = "The minister said that the crews of the ferry would have to return to the harbour with their ship."
OTHERS = {
    "de": "Der Minister sagte am Montag, dass die Besatzung der Fähre in den Hafen zurückkehren müsse.",
    "fr": "Le ministre a déclaré lundi que les équipages du ferry devaient rentrer au port avec leur navire.",
    "es": "El ministro dijo el lunes que las tripulaciones del transbordador tenían que volver al puerto.",
    "nl": "De minister zei maandag dat de bemanning van de veerboot of het schip terug moest naar de haven.",
    "ru": "Министр заявил в понедельник, что экипажи парома должны вернуться в порт вместе со своим судном.",
    "ar": "قال الوزير يوم الاثنين إن على أطقم العبارة العودة إلى الميناء مع سفينتهم قبل نهاية الأسبوع",
    "zh": "部长星期一表示，渡轮的船员必须在本周结束之前随船返回港口，否则将被解雇，工会对此表示反对。",
}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("en", "en"),
        ("EN-gb", "en"),
        ("pt_BR", "pt"),
        ("eng", "en"),
        (" English ", "en"),
        ("français", "fr"),
        ("zh-Hans-CN", "zh"),
    ],
)
def test_what_sources_write_is_understood(told: str, code: str) -> None:
    assert language_code(told) == code


@pytest.mark.parametrize("told", ["", "klingon", "e", "engl1sh", "xx", "xx1"])
def test_what_is_no_language_is_none(told: str) -> None:
    assert language_code(told) is None


def test_languages_are_told_by_their_words() -> None:
    texts = [ENGLISH, *OTHERS.values(), "Seven words are not enough to tell", ""]
    assert detect_languages(pa.array(texts)) == ["en", *OTHERS, None, None]


def test_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert detect_languages(pa.array([ENGLISH] * 3)) == ["en"] * 3


def test_a_headline_of_names_before_the_text_does_not_matter() -> None:
    assert detect_languages(pa.array(["Vardo Kestrel Halm Ostry " * 25 + ENGLISH * 10])) == ["en"]


def test_an_ingest_says_what_was_told_and_keeps_what_is_unknown(archive: Archive, tmp_path: Path) -> None:
    told = [
        {**ARTICLES[0], "title": str(i), "language": lang}
        for i, lang in enumerate(["English", "", "Volapük"])
    ]
    told[1]["text"] = OTHERS["de"]
    report = archive.add(write_csv(tmp_path / "a.csv", told))
    assert [row["language"] for row in articles_of(archive)] == ["en", "de", None]
    assert "language told by the text's words: de 1" in report.notes
    assert "languages not known by these names, left empty: 'Volapük'" in report.notes
    assert '"language": "Volapük"' in str(articles_of(archive)[2]["extra"])
