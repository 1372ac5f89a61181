"""The general news agencies of many countries, whatever their owner or side, by name and by how they are credited."""

from __future__ import annotations

import re

AGENCIES: dict[str, tuple[str, ...]] = {
    "Agence France-Presse": ("AFP", "Agence France Presse"),
    "Agencia EFE": ("EFE",),
    "Anadolu Agency": ("Anadolu",),
    "ANSA": (),
    "ANTARA": ("Antara",),
    "Asian News International": ("ANI",),
    "Associated Press": ("AP", "The Associated Press"),
    "Australian Associated Press": ("AAP",),
    "Belga": (),
    "Bernama": (),
    "Bloomberg News": (),
    "Business Wire": (),
    "Canadian Press": ("The Canadian Press",),
    "CNN Wire": ("CNN Newswire",),
    "Deutsche Presse-Agentur": ("dpa", "DPA"),
    "Indo-Asian News Service": ("IANS",),
    "Inter Press Service": ("IPS",),
    "Interfax": (),
    "IRNA": ("Islamic Republic News Agency",),
    "Jiji Press": ("Jiji",),
    "KCNA": ("Korean Central News Agency",),
    "Kyodo News": ("Kyodo",),
    "Lusa": (),
    "PA Media": ("Press Association",),
    "Petra": (),
    "Press Trust of India": ("PTI",),
    "Reuters": ("Thomson Reuters",),
    "RIA Novosti": ("Sputnik",),
    "SANA": ("Syrian Arab News Agency",),
    "TASS": ("ITAR-TASS", "Itar-Tass"),
    "Tribune News Service": ("TNS", "Tribune Content Agency"),
    "United Press International": ("UPI",),
    "WAM": ("Emirates News Agency",),
    "Xinhua": ("Xinhua News Agency",),
    "Yonhap": ("Yonhap News Agency",),
}
"""News agencies by name, and the other ways in which they are credited. To be named here is no judgement."""

NAME_OF = {sign.casefold(): name for name, signs in AGENCIES.items() for sign in (name, *signs)}
"""The name of the agency that each sign, case-folded, stands for."""
KNOWN = "|".join(
    re.escape(s) for n, signs in AGENCIES.items() for s in sorted((n, *signs), key=len, reverse=True)
)
"""An alternation of all of these, the longest of an agency first."""
