"""The page of kinship: whose words, within the same stories, the phrases and their sentences."""

from __future__ import annotations

from masthead.dossier.board import Board
from masthead.dossier.evidence.evidence_pages import picked_out
from masthead.instruments.kinship.page.kinship import kinship
from tests.dossier import allegiance
from tests.dossier.conftest import Dossier
from tests.dossier.reading import read
from tests.dossier.test_alignment_page import part

PAGE = "kinship.html"


def test_shares_are_of_the_outlets_own_voice_where_that_is_known(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "shares")
    text = read(section).text
    assert "Tidewatch 80% 71–87 20% 13–29" in text
    # Its texts hold no quotation marks, so that all voices count.
    assert "The Ledger voice unknown 50% 40–60 50% 40–60" in text
    assert "A phrase is one to three lemmas in a row, without names, places and numbers." in text
    assert "evidence/dockers-league--tidewatch.html#kinship" in read(section).links


def test_differences_within_stories_lead_and_bare_shares_do_not(turned: Dossier) -> None:
    text = read(part(turned.index, "kinship")).text
    assert "State Bulletin uses fewer of the words of Dockers’ League than its peers" in text
    assert (
        "−40 percentage points of the parties’ phrases in its own voice (−50 to −30), over 24 stories."
        in text
    )
    # Its difference is of 3 points, and its interval holds 0.
    assert "Harbour Post" not in text
    assert "80%" not in text
    assert "league--kinship" not in turned.index
    assert "The words of" not in read(part(turned.index, "findings")).text


def test_none_leads_where_none_is_found() -> None:
    plain = allegiance.findings()
    told = {**plain.about["kinship"], "within_stories": {"with": [], "without": []}}
    found = kinship(Board(allegiance.findings(kinship=told)))
    assert found is not None
    assert found.findings == []
    weak = [{**row, "q": 0.2} for row in plain.about["kinship"]["within_stories"]["with"]]
    told["within_stories"] = {"with": weak, "without": weak}
    again = kinship(Board(allegiance.findings(kinship=told)))
    assert again is not None
    assert again.within
    assert again.findings == []


def test_within_stories_the_own_voice_is_set_against_the_peers(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "within")
    text = read(section).text
    assert "State Bulletin −40 −50 to −30 24 stories q 0.01 +40 +30 to +50 24 stories" in text
    assert "The Ledger 2 stories alone no shared stories" in text
    row = section.split("<bdi>The Harbour Post</bdi>")[1].split("</tr>")[0]
    assert row.count('class="even"') == 2


def test_phrases_come_with_who_uses_them_and_sentences(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "party--dockers-league")
    text = read(section).text
    assert "44 phrases tell its own texts from the others’; the 2 most distinctive are below." in text
    assert "learnt from 61 articles: what it is quoted as saying, and the texts of Tidewatch." in text
    assert "a living wage 29 1 +2.40 Tidewatch 12, The Ledger 11" in text
    assert "stand firm 28 2 +1.20 no outlet" in text
    assert section.count('<mark class="mention">a living wage</mark>') == 2
    assert "Tidewatch · 2 Apr 2032 · Night shift at the berths · phrase: a living wage" in text


def test_editions_differ_where_wire_copy_does(turned: Dossier) -> None:
    beside = part(turned.page(f"without-wire-copy/{PAGE}"), "within")
    assert "Tidewatch" in beside
    assert "State Bulletin" not in beside


def test_words_are_picked_out_whole_whatever_their_case() -> None:
    pieces = picked_out("Unlawful or not, LAW and order, law and order.", "law and order")
    assert [(p.text, p.mention) for p in pieces] == [
        ("Unlawful or not, ", False),
        ("LAW and order", True),
        (", law and order.", False),
    ]
    assert [p.mention for p in picked_out("Lawful.", "law")] == [False]
    assert picked_out("", "law") == []


def test_parties_stand_in_the_order_of_the_study() -> None:
    found = kinship(Board(allegiance.findings()))
    assert found is not None
    assert [p.subject.id for p in found.parties] == ["dockers-league", "port-authority"]
