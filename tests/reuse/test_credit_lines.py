"""Credit lines and author columns: agencies' people, outlets' people, both, and photographers."""

from __future__ import annotations

import pytest

from masthead.links.reuse.credit_lines import SEVERAL, CreditLine, read_credit_line

OUTLET = "Coast Herald"


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Reuters Staff", "Reuters"),
        ("Bo Dahl, AP Sports Writer", "Associated Press"),
        ("Bo Dahl, AP Business/Politics Writer", "Associated Press"),
        ("By Associated Press Reporter", "Associated Press"),
        ("Agence France-Presse in Ilmar", "Agence France-Presse"),
        ("By B. DAHL, The Associated Press", "Associated Press"),
        ("ANN LEE Associated Press", "Associated Press"),
        ("Ann Lee and Bo Dahl, Associated Press", "Associated Press"),
        ("Ann Lee, AP, and Bo Dahl, AP", "Associated Press"),
        ("Ann Lee | Reuters", "Reuters"),
        ("Ann Lee (AFP)", "Agence France-Presse"),
        ("Ann Lee/Reuters", "Reuters"),
        ("Ann Lee of The Associated Press", "Associated Press"),
        ("Ann Lee, for Reuters", "Reuters"),
        ("Special to The Associated Press", "Associated Press"),
        ("Source: Xinhua News Agency", "Xinhua"),
        ("Press Trust of India", "Press Trust of India"),
        ("Ann Lee - Reuters", "Reuters"),
        ("REUTERS", "Reuters"),
        ("Ann Lee, Associated Press; Photo: Bo Dahl", "Associated Press"),
        ("Ann Lee, dpa-Korrespondent", "Deutsche Presse-Agentur"),
        ("AFP, Reuters", "Agence France-Presse"),
        ("AFP and Reuters", "Agence France-Presse"),
        ("Redazione ANSA", "ANSA"),
        ("Halyard News Agency", "Halyard News Agency"),
        ("From wire reports", SEVERAL),
        ("Wire services", SEVERAL),
        ("News Agencies", SEVERAL),
        ("Agencias", SEVERAL),
        ("Elin Wires", SEVERAL),
        ("Bo Dahl and Ann Lee, AP, with Eva Moss, AP", "Associated Press"),
        ("Ann Lee, AP, and Bo Dahl, Reuters", "Associated Press"),
        ("Reuters' Ann Lee", "Reuters"),
        ("AP White House Correspondent Ann Lee", "Associated Press"),
        ("Ann Lee, Reuters Contributor", "Reuters"),
        ("AFP in Ilmar and New Elin", "Agence France-Presse"),
        ("Reuters, New York", "Reuters"),
        ("AFP, Sri Lanka", "Agence France-Presse"),
        ("AFP; Ann Lee contributed to this report", "Agence France-Presse"),
        ("Reuters, additional reporting by Ann Lee", "Reuters"),
        ("AP, Ann Lee contributed", "Associated Press"),
    ],
)
def test_an_agency_and_its_people(line: str, agency: str) -> None:
    assert read_credit_line(line, OUTLET) == CreditLine(agency, False)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Staff and agencies", SEVERAL),
        ("AFP with Coast Herald", "Agence France-Presse"),
        ("Ann Lee and AP", "Associated Press"),
        ("Coast Herald staff, Reuters", "Reuters"),
        ("Coast Herald/Reuters", "Reuters"),
        ("Reuters, COAST HERALD", "Reuters"),
        ("Le Quai avec AFP", "Agence France-Presse"),
        ("Redaktion, dpa", "Deutsche Presse-Agentur"),
        ("Staff and wire reports", SEVERAL),
        ("Redacción y agencias", SEVERAL),
        ("Ann Lee with AFP", "Agence France-Presse"),
        ("Ann Lee, with AFP", "Agence France-Presse"),
        ("Ann Lee (with AFP)", "Agence France-Presse"),
        ("With AFP", "Agence France-Presse"),
        ("Ann Lee mit dpa", "Deutsche Presse-Agentur"),
        ("dpa/red", "Deutsche Presse-Agentur"),
        ("Ann Lee, and AFP", "Agence France-Presse"),
        ("Ann Lee and agencies", SEVERAL),
        ("Ann Lee, agencies", SEVERAL),
        ("Ann Lee in Ilmar, and agencies", SEVERAL),
        ("AFP/Ann Lee", "Agence France-Presse"),
        ("Reuters, Ann Lee", "Reuters"),
        ("Reuters | Ann Lee", "Reuters"),
        ("Bo Dahl, Reuters, Ann van der Lee", "Reuters"),
        ("AP, Elin Free Press", "Associated Press"),
    ],
)
def test_an_agency_and_others_are_mixed(line: str, agency: str) -> None:
    assert read_credit_line(line, OUTLET) == CreditLine(agency, True)


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee",
        "Ann Lee, AP Photo",
        "Ann Lee, Photo: AP",
        "Ann Lee; Photograph by Bo Dahl, Reuters",
        "Ann Lee, Getty Images",
        "Ann Lee, AFP/Getty Images",
        "Ann Lee | Picture: Reuters",
        "AP Images",
        "Ann Reuter",
        "Reuter",
        "Ap Bac",
        "Tiffany Ap",
        "Tiffany Ap and Bo Dahl",
        "Ana Petra",
        "Joy Press",
        "Ann Lee, Elin Free Press",
        "Elin Press",
        "Staff",
        "Coast Herald staff",
        "Ann Lee, Staff Writer",
        "Sam Stafford",
        "G. Napier",
        "Associated Press contributed to this report",
        "Ann Lee; AFP contributed to this report",
        "Ann Lee; AFP, Reuters and AP contributed to this report",
        "Ann Lee, AFP contributed",
        "Ann Lee, additional reporting by Reuters",
        "Ann Lee with additional reporting from AP and Reuters",
        "Ann Lee with files from The Canadian Press",
        "Ann Lee (with PTI inputs)",
        "Ann Lee, with inputs from agencies",
        "Ana Moss con información de EFE",
        "Ann Lee, Editor",
        "Reuters Institute",
        "",
    ],
)
def test_persons_papers_and_photographs_are_no_agency(line: str) -> None:
    assert read_credit_line(line, OUTLET) is None
