"""Names of states in many languages, from CLDR as Babel carries it -> `data/state_names_by_language.csv`.

`python training/state_names.py` writes the file anew; which CLDR that is, Babel's version says (2.18 has CLDR 47).
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import defaultdict

from babel import Locale

from kg.reference import load_states
from kg.resources import resource

LANGUAGES = """
af am ar as az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr fy ga gl gu ha he hi hr hu hy id ig is
it ja jv ka kk km kn ko ku ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn om or pa pl ps pt pt_PT qu rm ro ru sd
si sk sl so sq sr sr_Latn sv sw ta te tg th ti tk tr tt ug uk ur uz uz_Cyrl vi wo xh yo yue zh zh_Hant zu
"""


def find_names() -> dict[tuple[str, str], list[str]]:
    """The languages in which a state has a name, by its code and that name; English names that we have are left out."""
    states = load_states().values()
    known = {(s.iso3, name.casefold()) for s in states for name in (s.name, s.official_name, *s.alt_names)}
    found = defaultdict(list)
    for language in LANGUAGES.split():
        territories = Locale.parse(language).territories
        for state in states:
            name = unicodedata.normalize("NFC", territories.get(state.iso2, "")).strip()
            if name and name != state.iso2 and (state.iso3, name.casefold()) not in known:
                found[state.iso3, name].append(language)
    return found


def write() -> None:
    """The file, sorted by code and name."""
    with resource("data", "state_names_by_language.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("iso3", "name", "languages"))
        for (iso3, name), languages in sorted(find_names().items()):
            writer.writerow((iso3, name, "|".join(languages)))


if __name__ == "__main__":
    sys.exit(write())
