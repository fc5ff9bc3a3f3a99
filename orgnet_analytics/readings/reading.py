"""What every reading has: a verdict, its evidence, what is missing, and what would change it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

UNDETERMINED = "undetermined"
EVIDENCE = ("indicator", "value", "reading", "agrees")
FOLDED = 24  # a table with more rows is folded, so that a reading stays in sight as a whole


def evidence_table(rows: list[tuple[str, object, str, bool | None]]) -> pd.DataFrame:
    """Return the evidence as a table: what was looked at, its value, what that says, does it agree.

    ``agrees`` is missing where a value neither supports nor contradicts the verdict.

    Examples
    --------
    >>> evidence_table([("density", 0.2, "sparse", False)]).at[0, "reading"]
    'sparse'
    """
    table = pd.DataFrame(rows, columns=list(EVIDENCE))
    return table.astype({"agrees": "boolean"})


def shown_table(table: pd.DataFrame, *, index: bool = True) -> str:
    """Return a table as HTML: numbers to two decimals also among words, nothing where nothing is known.

    Examples
    --------
    >>> "0.33" in shown_table(pd.DataFrame({"before": [1 / 3, "lead"]}))
    True
    """
    short = table.map(lambda cell: round(cell, 2) if isinstance(cell, float) else cell)
    words = short.select_dtypes(exclude="number").columns
    short[words] = short[words].astype(object).where(short[words].notna(), "")
    return str(short.to_html(escape=True, index=index, na_rep=""))


def _titled(title: str, table: pd.DataFrame) -> str:
    said, shown = html.escape(title), shown_table(table)
    if len(table) <= FOLDED:
        return f"<p>{said}</p>{shown}"
    return f"<details><summary>{said} ({len(table)} rows)</summary>{shown}</details>"


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Reading:
    """A judgement with all it rests on. Each reading adds what is its own.

    Attributes
    ----------
    verdict : str
        What the evidence says, or ``undetermined``.
    evidence : pandas.DataFrame
        Columns ``indicator, value, reading, agrees``: what was looked at, what it says, and whether that
        supports the verdict (missing where it does neither).
    missing : tuple of str
        What was not known and would have been looked at.
    would_change : tuple of str
        What would make the verdict another one.
    caveats : tuple of str
        What to say along with the verdict.
    rules : pandas.DataFrame
        Index ``threshold``; ``value, mark, basis``: every number that turned a measure into a word.
    """

    verdict: str
    evidence: pd.DataFrame
    missing: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    rules: pd.DataFrame

    @property
    def headline(self) -> str:
        """The reading in a line, without its name; a subclass says more than the verdict."""
        return self.verdict

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield what else is to be shown, each table with its title."""
        yield from ()

    def row(self) -> pd.Series:
        """Return the verdict and the value of each indicator: one row where readings are compared."""
        values = self.evidence.drop_duplicates("indicator").set_index("indicator")["value"]
        return pd.concat([pd.Series({"verdict": self.verdict}), values]).rename_axis(None)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.headline}>"

    def _repr_html_(self) -> str:
        lists = {
            "Missing": self.missing,
            "Would change it": self.would_change,
            "Note": self.caveats,
        }
        said = "".join(
            f"<li>{name}: {html.escape(item)}</li>"
            for name, items in lists.items()
            for item in items
        )
        shown = "".join(_titled(title, table) for title, table in self.tables())
        evidence = shown_table(self.evidence, index=False)
        return (
            f"<p><b>{html.escape(self.headline)}</b></p>{evidence}{shown}<ul>{said}</ul>"
            f"<details><summary>Rules</summary>{self.rules.to_html(escape=True)}</details>"
        )
