"""The rules of governance as data, checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.readings.rulebook import Rules, is_number, is_trapezoid, read_rules

FORMS = ("shared", "lead", "nao", "hybrid")
UNDETERMINED = "undetermined"


def governance_rules(own: Rules | None) -> dict[str, Any]:
    """Return the rules with the user's own laid over them, every part checked; ``limits`` are numbers."""
    book, shipped = read_rules("governance", own), read_rules("governance")
    found = [issue for part, table in book.items() for issue in _problems(part, table, shipped)]
    if found:
        raise DataError(found)
    limits = {name: float(entry["value"]) for name, entry in book["thresholds"].items()}
    return book | {"limits": limits}


def _problems(part: str, table: Any, shipped: Mapping[str, Any]) -> Iterator[Issue]:
    if part not in shipped or not isinstance(table, Mapping):
        hint = nearest(str(part), shipped)
        yield Issue("rules", "there is no such part", value=part, suggestion=hint)
        return
    for name, row in table.items():
        if name not in shipped[part] or not isinstance(row, Mapping):
            hint = nearest(str(name), shipped[part])
            yield Issue("rules", "there is no such row", part, str(name), row, hint)
        elif part == "thresholds" and not is_number(row.get("value")):
            yield Issue("rules", "wanted a number", part, name, row)
        elif part == "tensions":
            for form in FORMS[:3]:
                if not is_number(row.get(form)) or not 0 <= row[form] <= 1:
                    yield Issue("rules", "wanted a number from 0 to 1", name, form, row.get(form))
        elif part in ("structure", "conditions"):
            known = shipped[part][name] if part == "structure" else FORMS[:3]
            for key, corners in row.items():
                if key not in known:
                    yield Issue("rules", "there is no such claim", name, key, corners)
                elif not is_trapezoid(corners):
                    yield Issue(
                        "rules",
                        "wanted four numbers, none below the one before",
                        name,
                        key,
                        corners,
                    )
