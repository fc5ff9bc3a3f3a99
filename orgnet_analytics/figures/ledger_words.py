"""The ledger in words: its steps, its numbers, and what each loses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from orgnet_analytics.figures.frame import decimal
from orgnet_analytics.figures.words import word

MINUS = "\u2212"
WORDED = ("served", "fragmentation", "brokered", "density")
STEP = re.compile(r"(add|remove|merge|tie|renew) (.*)|appoint (.*) as (lead|NAO).*", re.DOTALL)
JOINTS = re.compile(r"( \+ | - |, )")


def indicator(name: str, lang: str) -> str:
    """Return what an indicator of the ledger is called."""
    return word(f"ledger_{name}" if name in WORDED else name, lang)


def step(name: str, named: Mapping[str, str], lang: str) -> str:
    """Return a step in words, with names for ids; a step that is not ours stands for itself.

    Examples
    --------
    >>> step("tie a - b", {"a": "Alfa"}, "nl"), step("appoint a as NAO", {}, "en")
    ('verbind Alfa – b', 'appoint a as NAO')
    """
    found = STEP.fullmatch(name)
    if not found:
        return name
    verb, rest, actor, form = found.groups()
    if actor is not None:
        return word(f"step_{form.lower()}", lang).format(rest=named.get(actor, actor))
    whole = named.get(rest) or "".join(
        " – " if part == " - " else named.get(part, part) for part in JOINTS.split(rest)
    )
    return word(f"step_{verb}", lang).format(rest=whole)


def from_to(row: pd.Series, lang: str) -> str:
    """Return from what to what, and between which changes whatever is unknown."""
    was, now = row["before"], row["after"]
    digits = 2
    while digits < 4 and was != now and _said(was, lang, digits) == _said(now, lang, digits):
        digits += 1
    text = f"{_said(was, lang, digits)} → {_said(now, lang, digits)}"
    low, high = row["lowest"], row["highest"]
    if pd.isna(low) or low == high:
        return text
    ends = [_signed(end, lang, digits) for end in (low, high)]
    return f"{text} ({ends[0]} {word('range_to', lang)} {ends[1]})"


def _signed(value: float, lang: str, digits: int) -> str:
    if not round(value, digits):
        return "0"
    return f"{'+' if value > 0 else MINUS}{_said(abs(value), lang, digits)}"


def _said(value: Any, lang: str, digits: int) -> str:
    if isinstance(value, str):
        return word("nao_short" if value == "nao" else value, lang)
    return decimal(value, lang, digits) or word("undefined", lang)


def loss(row: pd.Series, lang: str) -> str:
    """Return what is lost: of what, and from how many to how many."""
    if row["loses"] == "its place in the network":
        return word("loses_place", lang)
    what = word(f"loses_{row['loses']}", lang)
    return f"{what} {decimal(row['before'], lang)} → {decimal(row['after'], lang)}"
