"""The answers of one wave: who answers, what of whom, and everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue, nearest
from orgnet_analytics.loaders.codebook import Codebook, Relation
from orgnet_analytics.loaders.codebook_checks import ACTOR
from orgnet_analytics.loaders.headings import without_rows
from orgnet_analytics.loaders.names import Names, split_names
from orgnet_analytics.loaders.scales import strengths
from orgnet_analytics.loaders.sheet import Sheet, plain

IntArray = NDArray[np.int64]
MOST_UNASKED = 2_000_000
TOTALS = frozenset([
    "totaal", "subtotaal", "total", "som", "sum", "aantal", "count", "gemiddelde", "average", "mean",
])  # fmt: skip


class Reports(NamedTuple):
    """What was told of pairs of members, by their places: 0 is no tie, NaN is unknown."""

    source: IntArray
    target: IntArray
    weight: NDArray[np.float64]


@dataclass
class Wave:
    """What is read of one wave: its members, the sheet of answers, and what was set aside."""

    book: Codebook
    sheet: Sheet
    members: pd.Index
    names: Names
    found: list[Issue]
    off_roster: Counter[str] = field(default_factory=Counter)
    loops: int = 0
    unasked: dict[str, list[str]] = field(default_factory=dict)
    strange: dict[str, list[str]] = field(default_factory=dict)
    ignored: dict[tuple[str, int], str] = field(default_factory=dict)
    without_row: dict[str, int] = field(default_factory=dict)

    def position(self, written: str) -> int:
        """Return the place among the members of the organization meant, or -1."""
        actor = self.names.find(written)
        return -1 if actor is None else self._places.get(actor, -1)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {actor: place for place, actor in enumerate(self.members.tolist())}

    def issue(self, problem: str, row: int, column: str, value: str, hint: str = "") -> None:
        """Add one problem, at the row the user sees."""
        self.found.append(Issue(self.sheet.name, problem, row, column, value, hint))


def who_answers(wave: Wave, at: int) -> IntArray:
    """Return for each row the place of who answers, -1 where that cannot be told; issues are added.

    Rows of what the codebook ignores leave the sheet of the wave.
    """
    wave.sheet, ignored = without_rows(wave.sheet, at, wave.book.ignore_rows)
    wave.ignored |= {(wave.sheet.name, row): name for row, name in ignored.items()}
    column = wave.sheet.series(at)
    wave.found += wave.sheet.rounded_ids([str(column.name)])
    answers = np.array(list(map(wave.position, column.tolist())), dtype=np.int64)
    for row in np.flatnonzero(answers < 0):
        number, written = int(column.index[row]), str(column.iloc[row])
        _strange_respondent(wave, number, str(column.name), written)
    return answers


def respondents(wave: Wave, at: int) -> IntArray:
    """Return who answers in each row, where each has one row; more than one is an issue."""
    answers = who_answers(wave, at)
    column = wave.sheet.series(at)
    repeated = pd.Series(answers).duplicated(keep=False).to_numpy() & (answers >= 0)
    for row in np.flatnonzero(repeated).tolist():
        twins = [twin for twin in np.flatnonzero(answers == answers[row]) if twin != row]
        hint = "see row " + ", ".join(str(wave.sheet.rows[twin]) for twin in twins)
        problem = "this organization answers more than once"
        wave.issue(problem, int(column.index[row]), str(column.name), column.iloc[row], hint)
    return np.where(repeated, -1, answers)


def _strange_respondent(wave: Wave, row: int, column: str, written: str) -> None:
    if not written.strip():
        wave.issue("nobody is named as respondent", row, column, "")
    elif wave.names.find(written) is not None:
        wave.issue("is not a member in this wave", row, column, written)
    else:
        hint = wave.names.unknown(written)
        if not hint and plain(written) in TOTALS:
            hint = f"a total? ignore_rows: [{written.strip()}]"
        wave.issue("not among the actors", row, column, written, hint)


def partner_columns(wave: Wave, names: list[str], who: int) -> dict[str, dict[int, int]]:
    """Return per relation the place of the partner each column is about: position to place."""
    book, sheet = wave.book, wave.sheet
    taken = {plain(name) for name in _other_columns(book)}
    patterns = {name: _edges(book.relations[name]) for name in names}
    placed: dict[str, dict[int, int]] = {name: {} for name in patterns}
    matched = set()
    for at, heading in enumerate(sheet.header):
        if at == who or plain(heading) in taken:
            continue
        for text in filter(None, (heading, sheet.questions.get(heading, ""))):
            fits = [name for name, edges in patterns.items() if _fits(text, edges)]
            if fits:
                name = _best(wave, text, fits, patterns)
                matched |= {name} if _place_column(wave, name, at, text, placed[name]) else set()
                break
    for name in patterns.keys() - matched:
        pattern = book.relations[name].columns
        hint = _headings_below(wave, name) or nearest(pattern, filter(None, sheet.header))
        problem = f"no column fits the relation {name!r}"
        wave.issue(problem, sheet.header_row, pattern, pattern, hint)
    _strange_columns(wave, placed)
    return placed


def _headings_below(wave: Wave, name: str) -> str:
    """Return that a row further down holds the headings, or ``""``."""
    row = wave.sheet.row_below(partial(_of_a_partner, wave, name), least=2)
    return wave.sheet.elsewhere(row) if row else ""


def _of_a_partner(wave: Wave, name: str, text: str) -> bool:
    """Return whether a cell reads like the heading of a column about a partner."""
    fits = _fits(text, _edges(wave.book.relations[name]))
    return wave.names.find(_partner(wave, name, text) if fits else text) is not None


def _edges(relation: Relation) -> tuple[str, str]:
    """Return what stands before and after the partner in a heading, as headings are compared."""
    start, end = (part.casefold() for part in _pattern(relation))
    return start, end


def _pattern(relation: Relation) -> list[str]:
    """Return what the codebook puts before and after the partner; in a matrix that is nothing."""
    return (ACTOR if relation.layout == "matrix" else relation.columns).split(ACTOR)


def _fits(text: str, edges: tuple[str, str]) -> bool:
    key, (start, end) = text.casefold(), edges
    return key.startswith(start) and key.endswith(end) and len(key) > len(start) + len(end)


def _best(wave: Wave, text: str, fits: list[str], patterns: dict[str, tuple[str, str]]) -> str:
    """Return the relation a column is of: the longest pattern, of those that leave a known name."""
    known = [name for name in fits if wave.names.find(_partner(wave, name, text)) is not None]
    return max(known or fits, key=lambda name: sum(map(len, patterns[name])))


def _other_columns(book: Codebook) -> list[str]:
    others = [relation.others for relation in book.relations.values() if relation.others]
    return [book.respondent, *others, *book.ignore]


def _place_column(wave: Wave, name: str, at: int, text: str, placed: dict[int, int]) -> bool:
    """Place a column; return whether it is about a partner, which any column may where names stand alone."""
    heading, row = wave.sheet.header[at], wave.sheet.header_row
    written = _partner(wave, name, text)
    actor = wave.names.find(written)
    place = wave.position(written)
    if actor is None and wave.book.relations[name].columns.startswith(ACTOR):
        return False
    if actor is None:
        wave.strange.setdefault(name, []).append(text)
    elif place < 0:
        if (wave.sheet.cells[:, at] != "").any():
            wave.off_roster[actor] += 1
    elif place in placed.values():
        twin = wave.sheet.header[next(a for a, p in placed.items() if p == place)]
        hint = f"the other is {twin!r}"
        wave.issue("two columns are about one actor", row, heading, heading, hint)
    else:
        placed[at] = place
    return True


def _partner(wave: Wave, name: str, heading: str) -> str:
    start, end = (len(part) for part in _edges(wave.book.relations[name]))
    return heading[start : len(heading) - end].strip()


def _strange_columns(wave: Wave, placed: dict[str, dict[int, int]]) -> None:
    """Add an issue for each column about nobody, suggesting an actor that has no column yet."""
    for name, headings in wave.strange.items():
        start, end = _pattern(wave.book.relations[name])
        missing = wave.members.delete(list(placed[name].values()))
        free = [start + called + end for called in wave.names.called(missing)]
        below = "" if placed[name] else _headings_below(wave, name)
        for heading in headings:
            problem = "the column is about no known actor"
            partner = _partner(wave, name, heading)
            hint = below or nearest(heading, free) or wave.names.unknown(partner)
            hint = hint or (f"a total? ignore: [{heading}]" if plain(partner) in TOTALS else "")
            wave.issue(problem, wave.sheet.header_row, heading, heading, hint)


def roster_reports(wave: Wave, name: str, answers: IntArray, placed: dict[int, int]) -> Reports:
    """Return what each respondent says of each partner: 0 is no tie, NaN is unknown."""
    relation, scale = wave.book.relations[name], wave.book.scale(name)
    columns, partners = list(placed), np.array(list(placed.values()), dtype=np.int64)
    cells, wrong = strengths(wave.sheet, columns, scale, relation.blank, ticked=relation.ticked)
    oneself = answers[:, None] == partners
    wrong &= ~oneself  # an X in one's own cell is said of nobody
    loops = oneself & (cells > 0)
    for column in np.flatnonzero((wrong | loops).any(axis=0)).tolist():
        outside(wave, name, columns[column], wrong[:, column])
        own_ties(wave, columns[column], loops[:, column])
    added = _others(wave, relation, answers) if relation.others else ([], [])
    where = {place: column for column, place in enumerate(partners.tolist())}
    beyond = [(at, place) for at, place in zip(*added, strict=True) if place not in where]
    for at, place in zip(*added, strict=True):
        if place in where:
            cells[at, where[place]] = np.fmax(cells[at, where[place]], scale.least)
    kept = answers >= 0
    asked = _crossed(answers[kept], partners, cells[kept])
    named = _listed([(int(answers[at]), place) for at, place in beyond], scale.least)
    return joined([asked, named, unasked(wave, name, answers[kept], partners, named)])


def _crossed(rows: IntArray, columns: IntArray, cells: NDArray[np.float64]) -> Reports:
    return Reports(np.repeat(rows, len(columns)), np.tile(columns, len(rows)), cells.ravel())


def _listed(pairs: list[tuple[int, int]], worth: float) -> Reports:
    ends = np.array(list(dict.fromkeys(pairs)), dtype=np.int64).reshape(-1, 2)
    return Reports(ends[:, 0], ends[:, 1], np.full(len(ends), worth))


def joined(parts: list[Reports]) -> Reports:
    """Return the reports together, without those of an actor on itself."""
    source, target, weight = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    apart = source != target
    return Reports(source[apart], target[apart], weight[apart])


def unasked(wave: Wave, name: str, rows: IntArray, partners: IntArray, named: Reports) -> Reports:
    """Return the dyads nobody was asked about, for the form has no column for that member."""
    size = len(wave.members)
    absent = np.setdiff1d(np.arange(size), partners)
    wave.unasked[name] = wave.members.to_numpy(dtype=object)[absent].tolist()
    none = np.zeros(0, dtype=np.int64)
    if wave.book.not_asked == "no_tie" or not len(partners):
        return Reports(none, none, np.zeros(0))
    if len(absent) * len(rows) > MOST_UNASKED:
        problem = f"{len(absent):,} members have no column in {name!r}: too many unknown dyads"
        wave.found.append(Issue(wave.sheet.name, problem, suggestion="not_asked: no_tie"))
        return Reports(none, none, np.zeros(0))
    gaps = _crossed(rows, absent, np.full((len(rows), len(absent)), np.nan))
    told = np.isin(gaps.source * size + gaps.target, named.source * size + named.target)
    return Reports(gaps.source[~told], gaps.target[~told], gaps.weight[~told])


def outside(wave: Wave, name: str, at: int, wrong: NDArray[np.bool_]) -> None:
    """Add an issue for each answer that is not of the scale."""
    sheet, heading = wave.sheet, wave.sheet.header[at]
    for row in np.flatnonzero(wrong):
        value = sheet.cells[row, at]
        hint = wave.book.scale(name).suggestion(value)
        if wave.book.relations[name].ticked:
            hint = f"unknown? Give the relation a scale with missing: [{value.strip()}]"
        wave.issue("not an answer of the scale", int(sheet.rows[row]), heading, value, hint)


def own_ties(wave: Wave, at: int, loops: NDArray[np.bool_]) -> None:
    """Add an issue for each tie of an actor with itself, or set it aside."""
    for row in np.flatnonzero(loops).tolist():
        if wave.book.self_ties == "error":
            value, number = wave.sheet.cells[row, at], int(wave.sheet.rows[row])
            hint = "leave the cell blank, or self_ties: set_aside"
            wave.issue("a tie of an actor with itself", number, wave.sheet.header[at], value, hint)
        else:
            wave.loops += 1


def _others(wave: Wave, relation: Relation, answers: IntArray) -> tuple[list[int], list[int]]:
    """Return the rows and places of those named in free text; other names are set aside."""
    column = wave.sheet.column(str(relation.others), wave.found)
    rows: list[int] = []
    places: list[int] = []
    for at, (row, text) in enumerate(() if column is None else column.items()):
        for written in split_names(text):
            place = wave.position(written)
            if place < 0:
                off_roster(wave, int(row), str(relation.others), written)
            elif place == answers[at]:
                wave.loops += 1
            else:
                rows.append(at)
                places.append(place)
    return rows, places


def off_roster(wave: Wave, row: int, column: str, written: str) -> None:
    """Set aside a name that is no member, and count it; or add an issue."""
    if wave.book.off_roster == "error":
        hint = wave.names.unknown(written)
        wave.issue("not among the actors of this wave", row, column, written, hint)
    else:
        wave.off_roster[written] += 1
