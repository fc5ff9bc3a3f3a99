"""The rules of governance as data, checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.readings.forms import claim_problems, part_problems
from orgnet_analytics.readings.reading import UNDETERMINED
from orgnet_analytics.readings.rulebook import (
    Rules,
    is_number,
    read_rules,
    threshold_problems,
    thresholds,
)

FORMS = ("shared", "lead", "nao", "hybrid")

__all__ = ["FORMS", "UNDETERMINED", "governance_rules"]


def governance_rules(own: Rules | None) -> dict[str, Any]:
    """Return the rules with the user's own laid over them, every part checked.

    ``limits`` are the thresholds as numbers, ``table`` the same with mark and basis, ``ours`` the rules as
    shipped.
    """
    book, shipped = read_rules("governance", own), read_rules("governance")
    found = list(part_problems(book, shipped))
    known = {part: table for part, table in book.items() if isinstance(table, Mapping)}
    for part in ("forms", "structure", "conditions", "tensions"):
        rows = known.get(part, {})
        if part == "tensions":
            found += _tension_problems(rows, shipped[part])
        elif part != "forms":
            asks = shipped[part] if part == "structure" else _any_form(shipped[part])
            found += claim_problems(part, rows, asks)
    found += threshold_problems(known.get("thresholds", {}), shipped["thresholds"])
    if found:
        raise DataError(found)
    table = thresholds(book, "governance")
    return book | {"limits": table["value"].to_dict(), "table": table, "ours": shipped}


def _any_form(conditions: Mapping[str, Any]) -> dict[str, dict[str, None]]:
    """Return the conditions as they may be claimed: by each form, also where ours claims nothing."""
    return {name: dict.fromkeys(FORMS[:3]) for name in conditions}


def _tension_problems(rows: Mapping[str, Any], shipped: Mapping[str, Any]) -> Iterator[Issue]:
    for name, row in rows.items():
        if name not in shipped or not isinstance(row, Mapping):
            hint = nearest(str(name), shipped)
            yield Issue("rules", "there is no such row", "tensions", str(name), row, hint)
            continue
        for form in FORMS[:3]:
            if not is_number(row.get(form)) or not 0 <= row[form] <= 1:
                yield Issue("rules", "wanted a number from 0 to 1", name, form, row.get(form))
