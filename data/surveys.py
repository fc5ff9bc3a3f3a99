"""What the invented cases share: the survey as it comes back from the field, and what else was noted."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyreadstat
from openpyxl import Workbook
from story_tools import Organization, Wave
from survey_files import Row, Rows, add_sheet, readme_book, save_book, write_csv, write_office_csv


@dataclass(frozen=True)
class Question:
    """How a relation was asked for.

    ``frequency`` is a word out of a list, ``yes_no`` ja or nee, ``ticked`` ja or blank, ``rating`` a number
    1 to 4 or blank.
    """

    prefix: str
    kind: str


@dataclass(frozen=True)
class Form:
    """The questionnaire, and what went wrong with it on paper.

    ``headings`` are columns headed by an alias instead of the code, because somebody else typed the form of
    that year; ``spellings`` are how respondents wrote their own name; ``elsewhere`` is what stands in
    the free-text column ``others``.
    """

    questions: Mapping[str, Question]
    frequency: Mapping[int, str]
    others: str
    headings: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    spellings: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    elsewhere: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mistake:
    """One mistake to plant in a workbook: the cell below a heading gets another value."""

    sheet: str
    row: int
    column: str
    value: object
    what: str


def organization_rows(known: dict[str, Organization], made: dict[int, Wave]) -> Rows:
    yield ["code", "naam", "ook bekend als", "sector", "type organisatie", "macht", "gemeente",
           *(f"{what} {year}" for year in made for what in ("lid", "respons"))]  # fmt: skip
    for code, org in known.items():
        state = []
        for wave in made.values():
            member = code in wave.members
            state += [yes(member), yes(member and code not in wave.silent)]
        yield [code, org.name, "; ".join(org.aliases), org.sector, org.type, org.rank,
               org.municipality, *state]  # fmt: skip


def yes(answer: bool) -> str:
    return "ja" if answer else "nee"


def answer_rows(
    year: int, wave: Wave, known: dict[str, Organization], form: Form, chance: random.Random
) -> Rows:
    heading = form.headings.get(year, {})
    asked = [
        q.prefix + heading.get(code, code) for q in form.questions.values() for code in wave.members
    ]
    yield ["organisatie", *asked, form.others, "opmerkingen"]
    for code in wave.members:
        if code not in wave.silent:
            cells = [
                _cell(wave, relation, question.kind, (code, partner), form, chance)
                for relation, question in form.questions.items()
                for partner in wave.members
            ]
            name = form.spellings.get(year, {}).get(code, known[code].name)
            yield [name, *cells, form.elsewhere.get(year, {}).get(code, ""), ""]


def _cell(
    wave: Wave, relation: str, kind: str, pair: tuple[str, str], form: Form, chance: random.Random
) -> object:
    """Return what stands in the cell; a small share of the answers is missing."""
    luck, worth = chance.random(), wave.ties[relation].get(pair)
    if pair[0] == pair[1]:
        return None
    if kind == "frequency":
        missing = {
            luck < 0.006: "weet niet",
            0.006 <= luck < 0.009: 99,
            0.009 <= luck < 0.012: None,
        }
        return missing.get(True, form.frequency[worth or 0])
    if kind == "yes_no":
        return None if luck < 0.004 else yes(worth is not None)
    if kind == "ticked":
        return "ja" if worth else None
    return 9 if worth and luck < 0.03 else worth


def need_rows(known: Iterable[Organization], more: Iterable[str] = ()) -> Rows:
    """Return who works on which need; ``more`` are needs nobody works on."""
    orgs = list(known)
    needs = sorted({need for org in orgs for need in org.needs} | set(more))
    yield ["organisatie", *needs]
    for org in orgs:
        yield [org.name, *(int(need in org.needs) for need in needs)]


def trust_told(rows: Rows, prefix: str) -> float:
    """Return the mean of the ratings that stand in a sheet of answers, 0 to 1."""
    header, *answers = rows
    asked = [at for at, heading in enumerate(header) if str(heading).startswith(prefix)]
    given = [row[at] for row in answers for at in asked if row[at] in (1, 2, 3, 4)]
    return round((sum(map(int, map(str, given))) / len(given) - 1) / 3, 2)


def fact_rows(facts: Mapping[int, Mapping[str, object]], trust: Mapping[int, float]) -> Rows:
    """Return what the survey of ties does not tell, a row per wave; trust is that of the ratings."""
    yield ["wave", "trust", *next(iter(facts.values()))]
    for year, told in facts.items():
        yield [year, trust[year], *told.values()]


def outcome_rows(judgements: Path, seed: int) -> Rows:
    """Return the scores of every respondent, drawn around the mean that the judgement is to have.

    A judgement of one respondent is a figure out of the books and stands as it is; a blank mean is a score
    nobody gave.
    """
    chance = random.Random(seed)
    yield [
        "wave",
        "level",
        "stakeholder",
        "criterion",
        "score",
        "scale",
        "baseline",
        "target",
        "direction",
    ]
    with judgements.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            same = [row[name] for name in ("wave", "level", "stakeholder", "criterion")]
            after = [row[name] for name in ("scale", "baseline", "target", "direction")]
            for score in _scores(row, chance):
                yield [*same, score, *after]


def _scores(row: dict[str, str], chance: random.Random) -> list[object]:
    many = int(row["respondents"])
    if many == 1:
        return [row["mean"]]
    low, high = map(int, row["scale"].split("-"))
    drawn = (round(chance.gauss(float(row["mean"]), 0.6)) for _ in range(many))
    return [min(high, max(low, score)) for score in drawn]


def plant(book: Workbook, mistakes: Iterable[Mistake]) -> list[Row]:
    """Put the mistakes in the workbook; return the list of them, to be kept beside it."""
    told: list[Row] = [["sheet", "row", "column", "value", "mistake"]]
    for mistake in mistakes:
        cells = book[mistake.sheet]
        headings = [cell.value for cell in cells[1]]
        cells.cell(row=mistake.row, column=headings.index(mistake.column) + 1).value = mistake.value
        told.append([mistake.sheet, mistake.row, mistake.column, mistake.value, mistake.what])
    return told


@dataclass(frozen=True)
class Broken:
    """What is planted in a smaller workbook among a few organizations: one has the code of another."""

    few: tuple[str, ...]
    twice: Row
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class Survey:
    """The survey of a case: how it was asked, and into which files it goes.

    ``beside`` are the waves whose answers stand in a file of their own; ``needs`` is the sheet of needs and
    ``nobodys`` a need that nobody works on.
    """

    home: Path
    book: str
    seed: int
    form: Form
    facts: Mapping[int, Mapping[str, object]]
    needs: str
    nobodys: str
    broken: Broken
    beside: Mapping[int, str] = field(default_factory=dict)

    def write(self, folder: Path, known: dict[str, Organization], made: dict[int, Wave]) -> None:
        """Write the workbook, the files beside it, the one with mistakes, the facts and the outcomes."""
        sheets = self._sheets(known, made)
        inside = {year: rows for year, rows in sheets.items() if year not in self.beside}
        save_book(self._workbook(known, made, inside), folder / self.book)
        for year, name in self.beside.items():
            if name.endswith(".sav"):
                write_spss(folder / name, sheets[year], self.form)
            else:
                write_office_csv(folder / name, sheets[year])
        self._write_broken(folder, known, made)
        rated = self.form.questions["trust"].prefix
        trust = {year: trust_told(rows, rated) for year, rows in sheets.items()}
        write_csv(folder / "facts.csv", fact_rows(self.facts, trust))
        write_csv(
            folder / "outcomes.csv", outcome_rows(self.home / "judgements.csv", self.seed + 2)
        )

    def _sheets(
        self, known: dict[str, Organization], made: dict[int, Wave]
    ) -> dict[int, list[Row]]:
        chance = random.Random(self.seed + 1)
        return {y: list(answer_rows(y, wave, known, self.form, chance)) for y, wave in made.items()}

    def _workbook(
        self, known: dict[str, Organization], made: dict[int, Wave], sheets: dict[int, list[Row]]
    ) -> Workbook:
        book = readme_book(self.home / "leesmij.txt")
        add_sheet(book, "Organisaties", organization_rows(known, made))
        for year, rows in sheets.items():
            add_sheet(book, self.beside.get(year, f"Antwoorden {year}"), rows)
        now = [org for org in known.values() if org.last == max(made)]
        add_sheet(book, self.needs, need_rows(now, [self.nobodys]))
        return book

    def _write_broken(
        self, folder: Path, known: dict[str, Organization], made: dict[int, Wave]
    ) -> None:
        few = {code: known[code] for code in self.broken.few}
        part = {year: wave.only(self.broken.few) for year, wave in made.items()}
        book = self._workbook(few, part, self._sheets(few, part))
        book["Organisaties"].append(self.broken.twice)
        write_csv(folder / "broken.csv", plant(book, self.broken.mistakes))
        save_book(book, folder / "broken.xlsx")


def write_spss(path: Path, rows: Rows, form: Form) -> None:
    """Write a sheet of answers as SPSS keeps it: codes with labels, and codes declared to be no answer."""
    header, *answers = rows
    cells: dict[str, list[object]] = {}
    labels: dict[str, dict[float, str]] = {}
    missing: dict[str, list[float]] = {}
    kinds = {question.prefix: question.kind for question in form.questions.values()}
    for at, heading in enumerate(map(str, header)):
        kind = next((kind for prefix, kind in kinds.items() if heading.startswith(prefix)), "")
        kind = "" if heading == form.others else kind
        codes, none = _spss_codes(kind, form)
        cells[heading] = [_spss_value(row[at], codes, kind) for row in answers]
        if kind:
            labels[heading], missing[heading] = {code: word for word, code in codes.items()}, none
    pyreadstat.write_sav(
        pd.DataFrame(cells), str(path), variable_value_labels=labels, missing_ranges=missing
    )
    content = bytearray(path.read_bytes())
    content[92:101], content[101:109] = b"02 Jun 25", b"09:00:00"
    path.write_bytes(bytes(content))


def _spss_codes(kind: str, form: Form) -> tuple[dict[str, float], list[float]]:
    if kind == "frequency":
        words = {word: float(code) for code, word in form.frequency.items()}
        return words | {"weet niet": 8.0, "geen antwoord": 9.0}, [8.0, 9.0]
    if kind == "rating":
        return {"weinig": 1.0, "veel": 4.0, "geen mening": 9.0}, [9.0]
    return {"nee": 0.0, "ja": 1.0}, [9.0]


def _spss_value(cell: object, codes: Mapping[str, float], kind: str) -> object:
    if not kind:
        return "" if cell is None else str(cell)
    if cell is None:
        return float("nan")
    return 9.0 if cell == 99 else codes.get(str(cell), cell)
