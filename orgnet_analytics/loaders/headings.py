"""Where the headings of a sheet stand: below a title, or in two rows, the questions above the partners."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from orgnet_analytics.errors import Issue
from orgnet_analytics.loaders.sheet import Sheet, plain, spaced


def headed(sheet: Sheet, rows: tuple[int, ...], found: list[Issue]) -> Sheet | None:
    """Return the sheet with the headings of these rows, as a spreadsheet numbers them; None with issues.

    Of several rows the texts are joined. In all but the last a text holds for the columns to its right, up to
    the next text: so merged cells read.
    """
    if not rows:
        return sheet
    numbers = [sheet.header_row, *sheet.rows.tolist()]
    problem = "there is no row with this number that holds anything"
    if not sheet.header_row:
        numbers, problem = [], "the file names its columns itself: leave the header out"
    lost = [row for row in rows if row not in numbers]
    if lost:
        found += [Issue(sheet.name, problem, row, "header", row) for row in lost]
        return None
    places = [numbers.index(row) - 1 for row in sorted(rows)]
    lines = [sheet.header if at < 0 else sheet.cells[at].tolist() for at in places]
    lines = [*map(_to_the_right, lines[:-1]), lines[-1]]
    header = [spaced(" ".join(filter(None, texts))) for texts in zip(*lines, strict=True)]
    last = max(rows)
    rounded = frozenset(place for place in sheet.rounded if place[0] > last)
    frame = sheet.frame.iloc[places[-1] + 1 :]
    return replace(sheet, header=header, frame=frame, header_row=last, rounded=rounded)


def _to_the_right(line: list[str]) -> list[str]:
    told, filled = "", []
    for text in line:
        told = text if text.strip() else told
        filled.append(told)
    return filled


def without_rows(sheet: Sheet, at: int, ignored: Collection[str]) -> tuple[Sheet, dict[int, str]]:
    """Return the sheet without the rows that hold one of these names in a column, and row to name."""
    wanted = set(map(plain, ignored))
    told = zip(sheet.rows.tolist(), sheet.cells[:, at].tolist(), strict=True) if wanted else ()
    out = {row: text for row, text in told if plain(text) in wanted}
    return (replace(sheet, frame=sheet.frame.drop(index=list(out))) if out else sheet), out
