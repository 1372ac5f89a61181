from __future__ import annotations

import pytest

from masthead.links.reuse.credits import Agencies, Credit, find_credit, is_outlet

TEXT = "The ferry to the islands was late again on Monday, and nobody minded."


@pytest.mark.parametrize(
    ("credit", "text", "agency", "where"),
    [
        ("Reuters", TEXT, "Reuters", "credit"),
        ("By The Associated Press", TEXT, "Associated Press", "credit"),
        ("Ann Lee, AP", TEXT, "Associated Press", "credit"),
        ("Halyard News Agency", TEXT, "Halyard News Agency", "credit"),
        (None, f"(Reuters) - {TEXT}", "Reuters", "dateline"),
        (None, f"PORT ELIN, May 3 (AP) — {TEXT}", "Associated Press", "dateline"),
        (None, f"AP — {TEXT}", "Associated Press", "dateline"),
        (None, f"By Ann Lee, Associated Press\n\n{TEXT}", "Associated Press", "byline"),
        (None, f"{TEXT} - REUTERS", "Reuters", "sign-off"),
        (None, f"{TEXT} (Reporting by Ann Lee; Editing by Bo Dahl)", "Reuters", "sign-off"),
        (None, f"{TEXT}\n\nCopyright 2016 The Associated Press. All rights reserved.", "Associated Press", "sign-off"),
    ],
)  # fmt: skip
def test_credit_lines_datelines_bylines_and_last_lines_name_the_agency(
    credit: str | None, text: str, agency: str, where: str
) -> None:
    assert find_credit(credit, text) == Credit(agency, where)


@pytest.mark.parametrize(
    ("credit", "text"),
    [
        ("Ann Lee", TEXT),
        (None, f"{TEXT}\nThe Associated Press contributed to this report."),
        (None, f"(AP Photo)\n\n{TEXT}"),
        (None, f"Image copyright AFP Image caption A ferry. {TEXT}"),
        (
            None,
            "On Monday the Committee for Safe Ferries (CSF)—which nobody knows—met again in the old hall.",
        ),
        (None, f"{TEXT} He had told Reuters - and others - as much."),
        (None, ""),
    ],
)
def test_a_photograph_a_helper_or_a_source_is_no_credit(credit: str | None, text: str) -> None:
    found = find_credit(credit, text)
    assert found is None or not found.certain


def test_a_sign_on_no_list_is_an_agency_where_several_outlets_use_it() -> None:
    sign = find_credit(None, f"PORT ELIN, 3 May (QRX) — {TEXT}")
    assert sign == Credit("QRX", "dateline", certain=False)
    alone = Agencies([("Elin Post", sign)], ["Elin Post"])
    assert alone.agency(sign, "Elin Post") is None
    two = Agencies([("Elin Post", sign), ("Harbour Times", sign)], ["Elin Post", "Harbour Times"])
    assert two.agency(sign, "Elin Post") == "QRX"
    own = Agencies([("QRX", sign), ("Harbour Times", sign)], ["QRX", "Harbour Times"])
    assert own.agency(sign, "QRX") is None


def test_a_sign_stands_for_the_agency_whose_initials_it_is() -> None:
    sign, named = Credit("HNA", "dateline", certain=False), Credit("Halyard News Agency", "credit")
    agencies = Agencies([("Elin Post", sign), ("Harbour Times", named)], ["halyard", "Elin Post"])
    assert agencies.agency(sign, "Elin Post") == "Halyard News Agency"
    assert agencies.of_outlet == {"halyard": "Halyard News Agency"}


def test_outlets_that_are_agencies_are_known_and_namesakes_are_not() -> None:
    assert is_outlet("Associated Press", "AP")
    assert is_outlet("Reuters", "Reuters (World)")
    assert not is_outlet("Business Wire", "Business Insider")
    assert not is_outlet("Tribune News Service", "Elin Tribune")
