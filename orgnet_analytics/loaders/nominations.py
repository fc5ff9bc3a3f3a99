"""Nominations: the names a respondent gives, in one column or several; who is not named is no tie."""

from __future__ import annotations

import re

import numpy as np

from orgnet_analytics.loaders.answers import IntArray, Reports, Wave, joined, off_roster, own_ties
from orgnet_analytics.loaders.codebook import Relation
from orgnet_analytics.loaders.scales import NO_TICKS, plain_answer

NUMBER = "{number}"
BETWEEN = re.compile(r"[,;/+\n]")
WORDS_BETWEEN = re.compile(r"[,;/+\n&]|\ben\b|\band\b", re.I)


def nominated(wave: Wave, relation: Relation, who: IntArray) -> Reports:
    """Return who is named by whom; who answers with nothing but a missing code is unknown as a whole."""
    scale = wave.book.scales.get(relation.scale or "")
    unknown = {plain_answer(code) for code in scale.missing} if scale else set()
    nobody = {plain_answer(name) for name, v in scale.values.items() if v == 0} if scale else set()
    pairs: dict[tuple[int, int], None] = {}
    silent: set[int] = set()
    for at in _named_columns(wave, relation):
        for row, text in enumerate(wave.sheet.cells[:, at]):
            for written in filter(None, map(str.strip, text.split(relation.separator))):
                key, place = plain_answer(written), wave.position(written)
                if key in unknown:
                    silent.add(int(who[row]))
                elif key in nobody:
                    continue
                elif place < 0:
                    _no_member(wave, relation, row, at, written)
                elif place == who[row]:
                    own_ties(wave, at, np.arange(len(who)) == row)
                elif who[row] >= 0:
                    pairs[int(who[row]), place] = None
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    named = Reports(ends[:, 0], ends[:, 1], np.ones(len(ends)))
    return joined([named, _unknown(wave, sorted(silent - {-1} - set(ends[:, 0].tolist())))])


def _unknown(wave: Wave, who: list[int]) -> Reports:
    """Return every dyad of these respondents as unknown."""
    size = len(wave.members)
    source = np.repeat(np.array(who, dtype=np.int64), size)
    target = np.tile(np.arange(size), len(who))
    return Reports(source, target, np.full(len(source), np.nan))


def _no_member(wave: Wave, relation: Relation, row: int, at: int, written: str) -> None:
    """Set a name aside that is no member, unless it reads like several, or like no name at all."""
    number, heading = int(wave.sheet.rows[row]), wave.sheet.header[at]
    if _several(wave, written):
        hint = f"several names? They are parted by {relation.separator!r}: see separator"
        wave.issue("no name, but there is one in it", number, heading, written, hint)
    elif plain_answer(written) in NO_TICKS:
        hint = f"nobody? A scale with values: {{{written}: 0}}; not known? One with missing: [{written}]"
        wave.issue("not the name of an organization", number, heading, written, hint)
    else:
        off_roster(wave, number, heading, written)


def _several(wave: Wave, written: str) -> bool:
    """Return whether a text reads like several names: one is a member's, or all are where only words part."""
    marked, worded = (
        [wave.position(part.strip()) >= 0 for part in between.split(written)]
        for between in (BETWEEN, WORDS_BETWEEN)
    )
    return (len(marked) > 1 and any(marked)) or (len(worded) > 1 and all(worded))


def _named_columns(wave: Wave, relation: Relation) -> list[int]:
    if NUMBER not in relation.columns:
        at = wave.sheet.find(relation.columns, wave.found)
        return [] if at is None else [at]
    start, end = (re.escape(part) for part in relation.columns.split(NUMBER, 1))
    fits = [
        at
        for at, heading in enumerate(wave.sheet.header)
        if re.fullmatch(rf"{start}\d+{end}", heading, re.I)
    ]
    if not fits:
        wave.issue("no column fits", wave.sheet.header_row, relation.columns, relation.columns)
    return fits
