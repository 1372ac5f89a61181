"""What is damage is repaired; what only looks like it stays."""

from __future__ import annotations

import json
import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.archive.repair.columns import Repairs
from masthead.archive.repair.texts import repair_text


def mended(text: str) -> str:
    return repair_text(text)[0]


def kinds(text: str) -> set[str]:
    return {kind for kind, _, _ in repair_text(text)[1]}


@pytest.mark.parametrize(
    "prose",
    [
        "Where a < b and c > d, x <- y, and 3<4>2.",
        "We <3 the port. <applause> She <ann@quay.example> wrote <https://quay.example/a>.",
        "std::vector<int> v; List<String> w; if (i<n && n>i) { return i<b>a; }",
        "The <b> tag makes words bold, and the <br> element breaks a line.",
        'Put `<p>` before and `</p>` behind; then "<i>" for the rest.',
        "AT&T, R&D; Q&A; M&S & sons, https://quay.example/?a=1&copy=2&lang=en",
        "Marks &c; and &nosuch; and &#xZZ;",
        "SÃO PAULO, NÃO, IRMÃ, “IRMÃ” disse, “AVÓ”, MAÇÃ… É “Ã” mesmo",
        "L’été «à la» plage, Œuvre — “naïve”, Łódź, ČESKÁ „Ž“, TÜRKİYE’Sİ, Ţară “România”, Đà Nẵng",
        "Это «Россия» — всё ещё, її ім’я, Ελλάδα «ναι» α’.",
        "می‌خواهم نمی‌شود کتاب‌ها",
        "क्‍ष র‍্য ශ්‍රී",
        "👩‍✈️ and 👨‍👩‍👧 came 🏳️‍🌈.",
        "ภาษา​ไทย​ง่าย",
        "‏שלום (ABC)‏ עולם",
        "COVID­19, 21­year, Al­Assad",
        "U.S.Army, Node.js, Node.Js, Inc.com, 3.5Million, e.g.The, i.e.This, z.B.Das, Ph.D.The, ASP.Net",
        "HealthCare.Gov, quay.Com, Will.I.Am, Bbc.Co.Uk, Mr.Hale, St.John, Gov.Reed, console.Log(1), a.Sort()",
        "Tomas.Hale@quay.example wrote; see https://quay.example/news.The/x and www.quay.example.The",
        "Yahoo.Finance said so. Yahoo.Finance again.",
        "…It went on…And on. Wait...What?",
        "“It is,” he said.”It was just so, and ”Vi kommer,”sa Hale.",
        'The 5\'10" man said."No',
        "_x00, x000D, _x005F_x000D_ stays",
        "k@ll, sh*t, f***, @ @ @ @ @",
        "He said . `` It 's gone '' , and left .",
        r"Saved under C:\new\Top and \\quay\new, and\nor, \neq, ¯\_(ツ)_/¯, C:\Users\nTom, Dahl\TASS.",
        r"""Write "\n" for an end, (`\t`) for a tab, '\"' and "\u2019" for marks.""",
        "He [sic] saw [the] port [VIDEO] [b] [p=0.05] [/i] [1] [see p. 3] [n = 12].",
        "It rose 5%25 and 50%20 of it; see https://quay.example/a%27s%2C%20b and ?q=Hale%27s.",
        "See [the notes](below) and [3](a), f(x)[1](y), [he](sic).",
        "Dear {{name}}, <%= port %> %%CITY%% ${fee} *|FNAME|* and 100%, $5, {a}.",
    ],
)
def test_prose_stays(prose: str) -> None:
    assert repair_text(prose) == (prose, [])


@pytest.mark.parametrize(
    ("damaged", "text", "of"),
    [
        ("<p>Mayor Tomas&nbsp;Hale opened the port.</p><p>&ldquo;Ours,&rdquo; he said.</p>",
         "Mayor Tomas Hale opened the port.\n\n“Ours,” he said.", {"tags", "entities", "invisible"}),
        ("R&amp;D Alliance said.<br/>It left.<br><br>&quot;Gone,&quot; said Varn.",
         'R&D Alliance said.\nIt left.\n\n"Gone," said Varn.', {"tags", "entities"}),
        ("<div class='a'><b>Hale</b> and <a href=\"https://quay.example/?a=1&b=2\" target=_blank>Varn</a></div>",
         "Hale and Varn", {"tags"}),
        ("<ul><li>One</li><li>Two</li></ul>Then", "One\nTwo\n\nThen", {"tags"}),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc", {"tags"}),
        ("Before<script>if (a < b) { x('</p>') }</script> and<style>p {}</style> after<!-- <p>no</p> --> it",
         "Before and after it", {"tags"}),
        ("Shut.\n<!–\n28){j=28}})(document);/*]]>*/\n\n//–>\nHale left <!– x.", "Shut.\n\nHale left <!– x.", {"tags"}),
        ("<p>In HTML, &lt;b&gt;x&lt;/b&gt; is bold, 1 &lt; 2</p>",
         "In HTML, &lt;b&gt;x&lt;/b&gt; is bold, 1 < 2", {"tags", "entities"}),
        ("&lt;p&gt;Hale &amp;amp; Varn&lt;/p&gt;&lt;p&gt;left&lt;/p&gt;", "Hale & Varn\n\nleft", {"tags", "entities"}),
        ("Harbour &amp;amp; quay &#8217; &#x2019; &#146; &#55357;&#56898;", "Harbour & quay ’ ’ ’ 🙂", {"entities"}),
        ("<q>Ours</q> he <o:p></o:p>said", "“Ours” he said", {"tags"}),
        ("â€œWe wonâ€™t yield,â€\x9d said Ã‰mile â€” twice.", "“We won’t yield,” said Émile — twice.", {"encoding"}),
        ("â€œWeâ€ said Ã‰mile", "“We” said Émile", {"encoding"}),
        ("ObamaÃ¢â‚¬â„¢s", "Obama’s", {"encoding"}),
        ("&acirc;&euro;&oelig;We&acirc;&euro;&trade;re", "“We’re", {"encoding", "entities"}),
        ("The mayor\x92s port \x96 ours", "The mayor’s port – ours", {"encoding"}),
        ("Text.Â The end, ParisÂ\xa0!", "Text. The end, Paris !", {"encoding", "invisible"}),
        ("Reed Fr\u00adont, Re\u200bed Fro\u2060nt, \u200eReed\u00a0Front\u200f, Reed\u202fFront, \ufeffFr\u200cont",
         "Reed Front, Reed Front, Reed Front, Reed Front, Front", {"invisible"}),
        ("The govern\u00ad\n  ment of Mc\u00adHale, self-\u00admade \u00ad– and \u00adnew",
         "The government of McHale, self-made – and new", {"invisible"}),
        ("It came.The Reed Front was there!Then it left?No.", "It came. The Reed Front was there! Then it left? No.",
         {"glued"}),
        ("a cable.“We will rebuild,”said Hale.Greta left. “Yes.”But",
         "a cable. “We will rebuild,” said Hale. Greta left. “Yes.” But", {"glued"}),
        ('He said."We left." Then. "It is gone."Hale wept.',
         'He said. "We left." Then. "It is gone." Hale wept.', {"glued"}),
        ("“It is gone.”“We left,” said Hale. “Who?”“I.”",
         "“It is gone.” “We left,” said Hale. “Who?” “I.”", {"glued"}),
        ("Они пришли.Мэр ушёл.", "Они пришли. Мэр ушёл.", {"glued"}),
        ("It came.A man left.I saw.The end", "It came. A man left. I saw. The end", {"glued"}),
        (r'Hale left.\nThe port was shut.\r\n\r\n"Gone," he said.\n"Ours, \"all\" of it."\n',
         'Hale left.\nThe port was shut.\n\n"Gone," he said.\n"Ours, "all" of it."\n', {"backslashes"}),
        (r"A port\nThe quay of\nelin was shut.\tGone", "A port\nThe quay of\nelin was shut.\tGone", {"backslashes"}),
        (r"O\'Hale\u2019s caf\u00e9 \ud83d\ude00 \xe2\x80\x9cno\xe2\x80\x9d\xa0http:\/\/quay.example\/a",
         "O'Hale’s café 😀 “no” http://quay.example/a", {"backslashes", "invisible"}),
        (r"Одно.\nдва \\u2019", "Одно.\nдва ’", {"backslashes"}),
        (r"<p>Hale<\/p><p class=\"a\">left<\/p>", "Hale\n\nleft", {"backslashes", "tags"}),
        ('Shut.\n[caption width="300"]The quay. (Photo: Bo Dahl)[/caption]\nHale [b]left[/b]. [gallery ids="1,2"] End',
         "Shut.\n\nThe quay. (Photo: Bo Dahl)\n\nHale left.\n\nEnd", {"brackets"}),
        ("A [caption id=&quot;a&quot;]quay[/caption][embed]https://v.example/x[/embed] [embedtweet id=4666767] port",
         "A\n\nquay\n\nport", {"brackets", "entities"}),
        ("[url=https://quay.example]Quay[/url] [list][*]one[*]two[/list] [img]https://quay.example/a.jpg[/img]end",
         "Quay\n\none\ntwo\n\nend", {"brackets"}),
        ("[vc_row][vc_column width='1/2']The [I]port[/I].[/vc_column][/vc_row]", "The port.", {"brackets"}),
        ('See [the quay](https://quay.example/a_(b) "t"), [it](/a) and ![dock](dock.png).\n![x](https://q.example/b)\nEnd',
         "See the quay, it and .\nEnd", {"links"}),
        ("Hale%27s port%2C shut%2C lost 2.08%25 of %243%3A %E2%80%9Cours%E2%80%9D, see https://quay.example/a%27s",
         "Hale's port, shut, lost 2.08% of $3: “ours”, see https://quay.example/a%27s", {"percents"}),
        ("[![dock](a.png)](https://quay.example)[Hale](mailto:a@quay.example)", "Hale", {"links"}),
        ("One_x000D_\nTwo_x000D_Three_x000d__x000a_Four_x0009_x", "One\nTwo\nThree\nFour\tx", {"escapes"}),
    ],
)  # fmt: skip
def test_damage_is_repaired(damaged: str, text: str, of: set[str]) -> None:
    assert (mended(damaged), kinds(damaged)) == (text, of)
    assert repair_text(text) == (text, [])


def test_names_of_outlets_and_credits_keep_their_marks() -> None:
    assert repair_text("The <b>Quay</b>.The &amp; CafÃ©", "outlet")[0] == "The <b>Quay</b>.The & Café"


_letters = st.text(st.sampled_from("abcdefghij"), min_size=2, max_size=7)
_words = st.one_of(
    _letters, _letters.map(str.capitalize), st.sampled_from(["Hale", "café", "Über", "naïve", "3,5", "R&D"])
)
_sentences = st.tuples(_letters.map(str.capitalize), st.lists(_words, max_size=6), _letters).map(
    lambda parts: " ".join([parts[0], *parts[1], parts[2]]) + "."
)
_prose = st.lists(_sentences, min_size=1, max_size=6).map(" ".join)
_PIECES = (
    "<p> </p> <b> </b> <br> < > &amp; &lt; &gt; amp; & p #38; script <!-- --> â€ ™ œ Ã © Â ا י ก a b The He . ! ” “"
    ' " , _x000D_ _x00 0D_ d é 😀 Р ° ` tag Mc 1'
    ' \\n \\ \\u2019 \\x92 \\" / [b] [/b] [ ] [a ]( ( ) http://q ! [* [caption \\ud83d C: = {{a}}'
    " %27s %2C %E2%80%9C w%27s"
)
_UNSEEN = [
    "\x92",
    "\x80",
    "\xa0",
    "\xad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\ufeff",
    " ",
    "\n",
    "<a href='x'>",
]
_mess = st.lists(st.sampled_from([*_PIECES.split(), *_UNSEEN]), max_size=24).map("".join)
_many = settings(max_examples=100, deadline=None)


@_many
@given(_prose)
def test_clean_prose_is_untouched(text: str) -> None:
    assert repair_text(text) == (text, [])


@_many
@given(st.one_of(_mess, st.text(max_size=40)))
def test_a_repaired_text_stays(text: str) -> None:
    once = mended(text)
    assert repair_text(once) == (once, [])


@_many
@given(
    _prose,
    st.sampled_from(
        [
            lambda text: "".join(f"<p>{line}</p>" for line in text.split("\n")),
            lambda text: text.replace("&", "&amp;").replace(" ", "&nbsp;"),
            lambda text: text.replace("&", "&amp;amp;"),
            lambda text: text.replace(" ", "\xa0"),
            lambda text: text.replace("a", "a\u200b").replace("b", "\u2060b"),
            lambda text: re.sub("([a-j])([a-j])", "\\1\xad\\2", text),
            lambda text: f'<div class="x"><span>{text.replace("&", "&#38;")}</span></div>',
            lambda text: text.replace("\n", "_x000D_\n"),
            lambda text: json.dumps(text)[1:-1],
            lambda text: f'[quote author="x"][b]{text}[/b][/quote]',
            lambda text: text.replace("the", "[the](https://quay.example/the)"),
        ]
    ),
)
def test_damage_done_to_prose_is_undone(text: str, damage: object) -> None:
    assert mended(damage(text)) == text  # type: ignore[operator]


@_many
@given(
    st.lists(
        st.sampled_from(["“Café”", "naïve", "l’été", "über", "São", "Ünal", "–", "мир", "port", "was"]),
        min_size=1,
    ).map(" ".join)
)
def test_utf8_read_as_windows_1252_is_read_back(text: str) -> None:
    try:
        damaged = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        damaged = text.encode().decode("latin-1")
    assert mended(damaged) == text


@_many
@given(st.lists(_sentences, min_size=2, max_size=6, unique=True))
def test_glued_sentences_come_apart(sentences: list[str]) -> None:
    whole = "".join(sentences)
    left = [len(sentence.split()[-1]) > 2 for sentence in sentences]
    if all(left):
        assert mended(whole).replace(" ", "") == whole.replace(" ", "")


@_many
@given(st.lists(st.one_of(_mess, _prose, st.text(max_size=40)), min_size=1, max_size=8))
def test_a_quick_look_at_a_column_misses_nothing(texts: list[str]) -> None:
    values = pa.array(texts, pa.string())
    fields = {"outlet": values, "title": values, "text": values, "credit": values}
    for start in (0, len(texts) // 2):
        some = {name: column.slice(start) for name, column in fields.items()}
        read, damages = Repairs().read(some, np.zeros(len(texts) - start, np.bool_))
        for name, column in read.items():
            assert column.to_pylist() == [repair_text(text, name)[0] for text in texts[start:]]
        for row, text in enumerate(texts[start:]):
            had = damages[row].originals if row in damages else {}
            assert had == {name: text for name in fields if repair_text(text, name)[0] != text}
