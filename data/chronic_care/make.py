"""Makes the case "chronische zorg Merelland": the workbook as a field worker would hand it over.

Run ``python make.py`` to write chronische_zorg.xlsx, broken.xlsx, broken.csv and facts.csv anew, or
``python make.py FOLDER`` to write them elsewhere. Every run gives the same files. All of it is invented:
no organization, place or answer exists.
"""

from __future__ import annotations

import csv
import io
import random
import re
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from story import SEED, WAVES, Organization, Wave, organizations, waves

FREQUENCY = {0: "nooit", 1: "jaarlijks", 2: "maandelijks", 3: "wekelijks"}
PREFIX = {"information": "info_", "referral": "verw_", "care_plan": "plan_", "trust": "vertr_"}
STAMP = (2025, 6, 2, 9, 0, 0)
NO_NEED = "nachtopvang"

HEADINGS = {2023: {"NBM": "Netwerkburo", "OCM": "Sociaal Huis Merelbroek"}}
"""Columns headed by an alias instead of the code: the form of that year was typed by somebody else."""

SPELLINGS = {
    2021: {
        "AZM": "AZ  MERELLAND",
        "TVM": "Thuisverpleging Meerelland",
        "WMM": "woonmaatschappij merelland ",
    },
    2023: {"NBM": "Netwerkburo", "DCV": "de vlier", "LDC": "LDC Het Atrium", "PHA": "Hart en Adem"},
    2025: {"OCM": "ocmw Merelbroek", "NA": "apothekerskring", "TLD": "Telezorg\u00a0Lissedonk"},
}

ELSEWHERE = {
    2021: {"HAK": "Dienst Diëtiek Oosterveld", "OCM": "Voedselkring Merelbroek; Gemeente Zavelgem"},
    2023: {"OCM": "Voedselkring Merelbroek", "LDC": "Kapsalon Rita; Fietsclub De Trage Trapper",
           "GZM": "Thuisverpleging Merelland;Poetsbedrijf Glans"},
    2025: {"NBM": "Energiehuis Kwartelhoek", "BNL": "", "VWZ": "Parochie Sint-Merel ; Kapsalon Rita",
           "CWM": "Energiehuis Kwartelhoek"},
}  # fmt: skip

FACTS = {
    2021: {"goal_consensus": 0.42, "formalization": 0.15, "governance_form": "lead",
           "governance_form_change": "", "resource_adequacy": 0.30, "internal_legitimacy": 0.35,
           "external_legitimacy": 0.25, "core_purpose_change": "", "age_years": 1},
    2023: {"goal_consensus": 0.63, "formalization": 0.48, "governance_form": "lead",
           "governance_form_change": 0, "resource_adequacy": 0.55, "internal_legitimacy": 0.62,
           "external_legitimacy": 0.50, "core_purpose_change": 0, "age_years": 3},
    2025: {"goal_consensus": 0.81, "formalization": 0.85, "governance_form": "nao",
           "governance_form_change": 1, "resource_adequacy": 0.78, "internal_legitimacy": 0.82,
           "external_legitimacy": 0.76, "core_purpose_change": 0, "age_years": 5},
}  # fmt: skip

TWICE = [
    "AZM",
    "Ziekenhuis Merelland campus Noord",
    "",
    "zorg",
    "ziekenhuis",
    5,
    "Merelbroek",
] + 6 * ["nee"]
"""A second organization with the code of the first, for the workbook with mistakes."""


def main(folder: Path) -> None:
    known, made = organizations(), waves()
    book = workbook(known, made)
    _save(book, folder / "chronische_zorg.xlsx")
    spoiled, planted = broken(known, made)
    _save(spoiled, folder / "broken.xlsx")
    _write(folder / "broken.csv", planted)
    _write(folder / "facts.csv", facts(book))


def workbook(known: dict[str, Organization], made: dict[int, Wave]) -> Workbook:
    """Return the workbook: readme, organizations, a sheet of answers per wave, needs."""
    chance = random.Random(SEED + 1)
    book = Workbook()
    book.active.title = "Leesmij"
    for line in (Path(__file__).parent / "leesmij.txt").read_text(encoding="utf-8").splitlines():
        book["Leesmij"].append([line])
    _sheet(book, "Organisaties", _organizations(known, made))
    for year, wave in made.items():
        _sheet(book, f"Antwoorden {year}", _answers(year, wave, known, chance))
    _sheet(book, "Noden", _needs(known))
    return book


def _organizations(known: dict[str, Organization], made: dict[int, Wave]) -> Iterable[list[object]]:
    yield ["code", "naam", "ook bekend als", "sector", "type organisatie", "macht", "gemeente",
           *(f"{what} {year}" for year in made for what in ("lid", "respons"))]  # fmt: skip
    for code, org in known.items():
        state = []
        for wave in made.values():
            member = code in wave.members
            state += [_yes(member), _yes(member and code not in wave.silent)]
        yield [code, org.name, "; ".join(org.aliases), org.sector, org.type, org.rank,
               org.municipality, *state]  # fmt: skip


def _yes(answer: bool) -> str:
    return "ja" if answer else "nee"


def _answers(
    year: int, wave: Wave, known: dict[str, Organization], chance: random.Random
) -> Iterable[list[object]]:
    heading = HEADINGS.get(year, {})
    yield ["organisatie", *(p + heading.get(code, code) for p in PREFIX.values() for code in wave.members),
           "verw_andere", "opmerkingen"]  # fmt: skip
    for code in wave.members:
        if code not in wave.silent:
            name = SPELLINGS[year].get(code, known[code].name)
            cells = [
                _cell(wave, relation, code, partner, chance)
                for relation in PREFIX
                for partner in wave.members
            ]
            yield [name, *cells, ELSEWHERE[year].get(code, ""), ""]


def _cell(wave: Wave, relation: str, code: str, partner: str, chance: random.Random) -> object:
    """Return what stands in the cell; a small share of the answers is missing."""
    luck, pair = chance.random(), (code, partner)
    if code == partner:
        return None
    if relation == "information":
        missing = {
            luck < 0.006: "weet niet",
            0.006 <= luck < 0.009: 99,
            0.009 <= luck < 0.012: None,
        }
        return missing.get(True, FREQUENCY[wave.information.get(pair, 0)])
    if relation == "referral":
        return None if luck < 0.004 else _yes(pair in wave.referral)
    if relation == "care_plan":
        return "ja" if pair in wave.care_plan else None
    return 9 if pair in wave.trust and luck < 0.03 else wave.trust.get(pair)


def _needs(known: dict[str, Organization]) -> Iterable[list[object]]:
    needs = sorted({need for org in known.values() for need in org.needs} | {NO_NEED})
    yield ["organisatie", *needs]
    for org in known.values():
        if org.last == WAVES[-1]:
            yield [org.name, *(int(need in org.needs) for need in needs)]


def facts(book: Workbook) -> list[list[object]]:
    """Return what the survey of ties does not tell, a row per wave; trust is that of the ratings."""
    rows: list[list[object]] = [["wave", "trust", *FACTS[WAVES[0]]]]
    for year in WAVES:
        header, *answers = book[f"Antwoorden {year}"].values
        asked = [at for at, heading in enumerate(header) if heading.startswith(PREFIX["trust"])]
        given = [row[at] for row in answers for at in asked if row[at] in (1, 2, 3, 4)]
        trust = round((sum(given) / len(given) - 1) / 3, 2)
        rows.append([year, trust, *FACTS[year].values()])
    return rows


def broken(
    known: dict[str, Organization], made: dict[int, Wave]
) -> tuple[Workbook, list[list[object]]]:
    """Return a small workbook with one mistake of every kind, and the list of those mistakes."""
    few = ("AZM", "HAK", "TVM", "NA", "OCM", "GZM", "WMM", "GMB")
    small = {year: _part(wave, few) for year, wave in made.items()}
    book = workbook({code: known[code] for code in few}, small)
    book["Organisaties"].append(TWICE)
    planted: list[list[object]] = [
        ["sheet", "row", "column", "value", "mistake"],
        ["Organisaties", len(few) + 2, "code", TWICE[0], "code stands twice"],
    ]
    for sheet, row, column, value, mistake in [
        ("Organisaties", 4, "respons 2023", "misschien", "neither yes nor no"),
        ("Antwoorden 2021", 1, "info_GMB", "info_GBM", "column of an unknown partner"),
        ("Antwoorden 2021", 3, "info_TVM", "dagelijks", "answer outside the list"),
        ("Antwoorden 2021", 4, "organisatie", "Thuisverplegingg Mereland", "unknown respondent"),
        ("Antwoorden 2023", 5, "organisatie", "Sociaal Huis Merelbroek", "respondent stands twice"),
        ("Antwoorden 2023", 2, "vertr_HAK", 7, "rating outside the scale"),
        ("Antwoorden 2025", 3, "verw_HAK", "ja", "a tie with itself"),
        ("Antwoorden 2025", 4, "plan_NA", "jazeker", "answer outside the list"),
    ]:
        cells = book[sheet]
        headings = [cell.value for cell in cells[1]]
        cells.cell(row=row, column=headings.index(column) + 1).value = value
        planted.append([sheet, row, column, value, mistake])
    return book, planted


def _part(wave: Wave, few: tuple[str, ...]) -> Wave:
    return Wave(
        tuple(code for code in few if code in wave.members), frozenset(),
        {pair: s for pair, s in wave.information.items() if set(pair) <= set(few)},
        frozenset(pair for pair in wave.referral if set(pair) <= set(few)),
        frozenset(pair for pair in wave.care_plan if set(pair) <= set(few)),
        {pair: s for pair, s in wave.trust.items() if set(pair) <= set(few)},
    )  # fmt: skip


def _sheet(book: Workbook, title: str, rows: Iterable[list[object]]) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    sheet.freeze_panes = "B2"


def _save(book: Workbook, path: Path) -> None:
    """Write the workbook without the hour it was made, so that every run gives the same bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-06-02T09:00:00Z", content
                )
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, content)


def _write(path: Path, rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
