"""read_survey: a file of answers and a codebook make a network, or one per wave."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, DataWarning, Issue
from orgnet_analytics.loaders.answers import Reports, Wave
from orgnet_analytics.loaders.codebook import Actors, Answers, Codebook, Events, Relation
from orgnet_analytics.loaders.events import Event, members_at, names_at, read_events
from orgnet_analytics.loaders.headings import headed
from orgnet_analytics.loaders.layouts import read_relations
from orgnet_analytics.loaders.reconcile import Choices, read_choices
from orgnet_analytics.loaders.roster import Roster, read_roster
from orgnet_analytics.loaders.sheet import Sheet
from orgnet_analytics.loaders.sheets import PathLike, Source, existing
from orgnet_analytics.loaders.vendors import plainly
from orgnet_analytics.network import OrgNetwork

SHOWN = 8
SYNTHETIC = {"nl": "(synthetisch)", "en": "(synthetic)"}


def read_survey(
    path: PathLike,
    codebook: Codebook | Mapping[str, Any] | PathLike | None = None,
    *,
    names: Choices = None,
) -> OrgNetwork | dict[Any, OrgNetwork]:
    """Return the network a survey asked for, or one per wave: who has which tie with whom.

    Parameters
    ----------
    path : path
        The answers: xlsx, xls, ods, csv, tsv, SPSS (.sav, .zsav) or Stata (.dta).
    codebook : Codebook, dict or path, optional
        Which column means what. Without it ``codebook.yaml`` beside the answers.

    names : DataFrame, dict or path, optional
        Who is meant by names nobody would recognize: a table of `reconcile` that you filled in.

    Returns
    -------
    OrgNetwork or dict
        ``{wave: OrgNetwork}`` in order of time where the codebook has waves.

    Raises
    ------
    DataError
        Listing every problem with its sheet, row, column, value and suggestion: unknown names, answers
        outside their scale, who answers twice, ties with oneself, missing sheets and columns.

    Warns
    -----
    DataWarning
        Where something was set aside, such as names off the roster; ``notes`` says the same.

    Notes
    -----
    A blank cell of who answered is unknown, unless the relation says ``blank: 0``; a missing code is
    unknown; 0 is "no tie". A name in an ``others`` column counts as the least tie of the scale.
    Names are recognized exactly, or apart from capitals, white space and legal form; never by guessing.
    An undirected survey takes the stronger of the two reports on a pair.

    Examples
    --------
    >>> import warnings
    >>> from orgnet_analytics.datasets import case_folder
    >>> folder = case_folder("chronic_care")
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")
    ...     waves = read_survey(folder / "chronische_zorg.xlsx", folder / "codebook.yaml")
    >>> list(waves)
    [2021, 2023, 2025]
    """
    source = Source(path)
    book = Codebook.of(_beside(source.path) if codebook is None else codebook)
    found: list[Issue] = []
    sheet = _sheet(source, book.actors, found)
    roster = read_roster(sheet, book.actors, found) if sheet else None
    if roster is not None:
        roster.names.choices.update(read_choices(names, roster.table.index))
    reading = _Reading(source, book, roster, _events(source, book, roster, found), found)
    rounds: Mapping[int | str, Answers] = book.waves or {"": book.answers or Answers()}
    nets = {
        wave: reading.wave(at, wave, answers) for at, (wave, answers) in enumerate(rounds.items())
    }
    if found:
        raise DataError(found)
    done = {wave: net for wave, net in nets.items() if net is not None}
    _warn(done)
    return done if book.waves else done[""]


def _beside(file: Path) -> Path:
    beside = file.parent / "codebook.yaml"
    if not beside.is_file():
        problem = "which column means what? There is no codebook.yaml beside it"
        raise DataError(Issue(file.name, problem, suggestion="give a codebook"))
    return existing(beside)


def _sheet(
    source: Source, where: Actors | Answers | Events | Relation, found: list[Issue], name: str = ""
) -> Sheet | None:
    """Return the sheet a part of the codebook is about, with the headings of the rows it names."""
    try:
        sheet = source.sheet(name or where.sheet)
        return headed(sheet, () if isinstance(where, Events) else where.header, found)
    except DataError as error:
        found += [Issue(**issue) for issue in error.issues.to_dict("records")]
        return None


def _events(
    source: Source, book: Codebook, roster: Roster | None, found: list[Issue]
) -> list[Event]:
    sheet = _sheet(source, book.events, found) if book.events else None
    return read_events(book, sheet, roster.names, found) if sheet and roster else []


@dataclass
class _Reading:
    """A survey being read, wave after wave; every problem of every wave goes to ``found``."""

    source: Source
    book: Codebook
    roster: Roster | None
    events: list[Event]
    found: list[Issue]

    def wave(self, at: int, name: int | str, answers: Answers) -> OrgNetwork | None:
        """Return the network of one wave, or None with issues added."""
        roster, found = self.roster, self.found
        sheets = self._sheets(name, answers)
        if roster is None:
            return None
        ids = roster.table.index
        everyone = np.ones(len(ids), dtype=bool)
        members = roster.flags(answers.member, found) if answers.member else everyone
        responded = roster.flags(answers.responded, found) if answers.responded else None
        if sheets is None or members is None:
            return None
        members = members_at(self.events, ids, at, members) & ~ids.duplicated()
        main = sheets.pop("")
        wave = Wave(
            self.book, main, ids[members], names_at(self.events, roster.names, at, main.name), found
        )
        reports, who = read_relations(wave, sheets)
        told = np.zeros(len(wave.members), dtype=bool)
        told[who[who >= 0]] = True
        if responded is not None:
            if (who >= 0).all() and not found:
                _check_responded(wave, roster, responded[members] & ~told)
            told = responded[members]
        if found:
            return None
        table = roster.table.loc[wave.members].assign(responded=told)
        notes = _notes(wave, inferred=responded is None)
        ties = _ties(wave, reports, told)
        return OrgNetwork(table, ties, self.book.directed, _name(self.book, name), notes)

    def _sheets(self, wave: int | str, answers: Answers) -> dict[str, Sheet] | None:
        """Return the sheet of the wave under ``""``, and those of the relations that have their own."""
        own = {
            name: relation.sheet.replace("{wave}", str(wave))
            for name, relation in self.book.relations.items()
            if relation.sheet
        }
        sheets: dict[str, Sheet] = {}
        if len(own) < len(self.book.relations) or answers.sheet or self.book.format == "kobo":
            main = _sheet(self.source, answers, self.found)
            if main is None:
                return None
            sheets[""] = plainly(main, self.book, main)
        for name, written in own.items():
            sheet = _sheet(self.source, self.book.relations[name], self.found, written)
            if sheet is not None:
                sheets[name] = plainly(sheet, self.book, sheets.get(""))
        if not own.keys() <= sheets.keys():
            return None
        sheets.setdefault("", next(iter(sheets.values())))
        return sheets


def _check_responded(wave: Wave, roster: Roster, absent: NDArray[np.bool_]) -> None:
    for actor in wave.members[absent]:
        problem = f"said to have answered, but has no row (see {roster.sheet.name!r})"
        wave.found.append(Issue(wave.sheet.name, problem, column=wave.book.respondent, value=actor))


def _ties(wave: Wave, reports: Mapping[str, Reports], responded: NDArray[np.bool_]) -> pd.DataFrame:
    parts = []
    for report in reports.values():
        source, target, weight = report if wave.book.directed else _pairs(report)
        told = responded[source] if wave.book.directed else responded[source] | responded[target]
        keep = np.where(told, weight != 0, ~np.isnan(weight))
        parts.append(Reports(source[keep], target[keep], weight[keep]))
    source, target, weight = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    relation = np.repeat(np.arange(len(parts)), [len(part.source) for part in parts])
    actors = pd.CategoricalDtype(wave.members)
    return pd.DataFrame(
        {
            "source": pd.Categorical.from_codes(source, dtype=actors),
            "target": pd.Categorical.from_codes(target, dtype=actors),
            "relation": pd.Categorical.from_codes(relation, categories=list(reports)),
            "weight": weight,
        },
        copy=False,
    )


def _pairs(report: Reports) -> Reports:
    """Return each pair once, with the stronger of the two reports on it."""
    low = np.minimum(report.source, report.target)
    high = np.maximum(report.source, report.target)
    both = pd.DataFrame({"low": low, "high": high, "weight": report.weight})
    one = both.groupby(["low", "high"], as_index=False)["weight"].max()
    return Reports(one["low"].to_numpy(), one["high"].to_numpy(), one["weight"].to_numpy())


def _name(book: Codebook, wave: int | str) -> str:
    mark = SYNTHETIC[book.language] if book.synthetic else ""
    return " ".join(part for part in (book.name, str(wave), mark) if part)


def _notes(wave: Wave, *, inferred: bool) -> tuple[str, ...]:
    notes = [
        "synthetic data: the organizations and their answers are invented"
    ] * wave.book.synthetic
    notes += wave.names.notes()
    if inferred:
        notes.append("who has a row of answers counts as having responded")
    for name, many in wave.without_row.items():
        if many:
            notes.append(f"{many} {_plural('pair', many)} without a row in {name!r} are unknown")
    return (*notes, *_set_aside(wave))


def _set_aside(wave: Wave) -> list[str]:
    notes = []
    if wave.off_roster:
        listed = ", ".join(repr(name) for name, _ in wave.off_roster.most_common(SHOWN))
        more = ", ..." if len(wave.off_roster) > SHOWN else ""
        many = wave.off_roster.total()
        notes.append(f"{many} {_plural('name', many)} off the roster set aside: {listed}{more}")
    if wave.ignored:
        listed = ", ".join(map(repr, dict.fromkeys(wave.ignored.values())))
        many = len(wave.ignored)
        notes.append(f"{many} {_plural('row', many)} of no organization left out: {listed}")
    if wave.loops:
        notes.append(f"{wave.loops} {_plural('tie', wave.loops)} of an actor with itself set aside")
    for name, actors in wave.unasked.items():
        if actors:
            listed = ", ".join(actors[:SHOWN]) + (", ..." if len(actors) > SHOWN else "")
            taken = "unknown" if wave.book.not_asked == "unknown" else "taken as no tie"
            notes.append(f"nobody was asked about {len(actors)} in {name!r}, {taken}: {listed}")
    return notes


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"


def _warn(nets: Mapping[int | str, OrgNetwork]) -> None:
    marks = ("set aside", "nobody was asked")
    told = [
        f"{wave}: {note}".lstrip(": ")
        for wave, net in nets.items()
        for note in net.notes
        if any(mark in note for mark in marks)
    ]
    if told:
        warnings.warn("\n".join(told), DataWarning, stacklevel=3)
