"""The layouts a relation may have, each read into the same reports."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue
from orgnet_analytics.loaders.answers import (
    MOST_UNASKED,
    IntArray,
    Reports,
    Wave,
    joined,
    off_roster,
    outside,
    own_ties,
    partner_columns,
    respondents,
    roster_reports,
    who_answers,
)
from orgnet_analytics.loaders.nominations import nominated
from orgnet_analytics.loaders.scales import strengths
from orgnet_analytics.loaders.sheet import Sheet


def read_relations(wave: Wave, sheets: dict[str, Sheet]) -> tuple[dict[str, Reports], IntArray]:
    """Return the reports of every relation, and the places of all who have a row of answers.

    ``sheets`` holds the sheet of each relation that has one of its own.
    """
    relations = wave.book.relations
    reports: dict[str, Reports] = {}
    answered = [np.zeros(0, dtype=np.int64)]
    shared = [name for name in relations if name not in sheets]
    wide = [name for name in shared if relations[name].layout in ("roster", "nominations")]
    at = wave.sheet.find(wave.book.respondent, wave.found) if wide else None
    if at is not None:
        who = respondents(wave, at)
        reports |= _wide(wave, wide, at, who)
        answered.append(who)
    if not shared and all(sheet is not wave.sheet for sheet in sheets.values()):
        at = wave.sheet.find(wave.book.respondent, [])
        answered += [respondents(wave, at)] if at is not None else []
    for name in relations:
        if name in wide:
            continue
        own = replace(wave, sheet=sheets.get(name, wave.sheet), found=wave.found)
        if relations[name].layout == "matrix":
            place: int | None = 0
        else:
            place = own.sheet.find(wave.book.respondent, wave.found)
        if place is None:
            continue
        if relations[name].layout in ("roster", "matrix", "nominations"):
            who = respondents(own, place)
            reports |= _wide(own, [name], place, who)
        else:
            who = who_answers(own, place)
            reports[name] = _long(own, name, who)
        wave.loops = max(wave.loops, own.loops)
        answered.append(who)
    return {name: reports[name] for name in relations if name in reports}, np.concatenate(answered)


def _wide(wave: Wave, names: list[str], at: int, who: IntArray) -> dict[str, Reports]:
    relations = wave.book.relations
    rosters = [name for name in names if relations[name].layout != "nominations"]
    placed = partner_columns(wave, rosters, at)
    reports = {name: roster_reports(wave, name, who, placed[name]) for name in rosters}
    others = [name for name in names if name not in rosters]
    return reports | {name: nominated(wave, relations[name], who) for name in others}


def _long(wave: Wave, name: str, who: IntArray) -> Reports:
    """Return the reports of a sheet with a row per respondent and partner."""
    relation, sheet, none = wave.book.relations[name], wave.sheet, np.zeros(0, dtype=np.int64)
    to = sheet.find(str(relation.partner), wave.found)
    at = sheet.find(relation.answer, wave.found) if relation.answer else None
    if to is None or (relation.answer and at is None):
        return Reports(none, none, np.zeros(0))
    partners = np.array([wave.position(text) for text in sheet.cells[:, to]], dtype=np.int64)
    for row in np.flatnonzero(partners < 0):
        written, number = sheet.cells[row, to], int(sheet.rows[row])
        if written.strip():
            off_roster(wave, number, sheet.header[to], written)
        else:
            wave.issue("nobody is named as partner", number, sheet.header[to], "")
    weight = np.ones(len(who))
    if at is not None:
        told, wrong = strengths(
            sheet, [at], wave.book.scale(name), relation.blank, ticked=relation.ticked
        )
        outside(wave, name, at, wrong[:, 0])
        weight = told[:, 0]
    known = (who >= 0) & (partners >= 0)
    own_ties(wave, to, known & (who == partners) & (weight > 0))
    _repeated(wave, to, who, partners, known)
    pairs = joined([Reports(who[known], partners[known], weight[known])])
    if relation.layout == "ties" or relation.blank == 0:
        return pairs
    return joined([pairs, _without_row(wave, name, np.unique(who[who >= 0]), pairs)])


def _without_row(wave: Wave, name: str, who: IntArray, told: Reports) -> Reports:
    """Return the dyads of those who answered that have no row: unknown."""
    size = len(wave.members)
    if len(who) * size - len(told.source) > MOST_UNASKED:
        problem = f"most pairs have no row in {name!r}: too many unknown dyads"
        wave.found.append(Issue(wave.sheet.name, problem, suggestion="blank: 0, or layout: ties"))
        who = who[:0]
    source, target = np.repeat(who, size), np.tile(np.arange(size), len(who))
    gap = ~np.isin(source * size + target, told.source * size + told.target) & (source != target)
    wave.without_row[name] = int(gap.sum())
    return Reports(source[gap], target[gap], np.full(int(gap.sum()), np.nan))


def _repeated(
    wave: Wave, to: int, who: IntArray, partners: IntArray, known: NDArray[np.bool_]
) -> None:
    pairs = pd.DataFrame({"who": who, "partner": partners})
    for row in np.flatnonzero(pairs.duplicated().to_numpy() & known):
        heading, value = wave.sheet.header[to], wave.sheet.cells[row, to]
        wave.issue("this pair has two rows", int(wave.sheet.rows[row]), heading, value)
