"""What steps would change: per step and indicator from what to what, better or worse, and who loses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures import ledger_words as said
from orgnet_analytics.figures.grid import LINE, Grid
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import lines, safe, wrapped
from orgnet_analytics.figures.theme import AGREES, DIFFERS, GREY, OKABE_ITO
from orgnet_analytics.figures.words import word
from orgnet_analytics.readings.interventions import LedgerReading
from orgnet_analytics.readings.interventions.changes import sides

LOOKS = {
    "gain": ("circle", AGREES),
    "loss": ("x", DIFFERS),
    "open": ("diamond", OKABE_ITO[1]),
    "moved": ("square", GREY),
    "same": ("circle-open", GREY),
}
SECTIONS = ("gain", "loss", "open", "even", "moved")
ORDER = (
    "covered", "single_holders", "served", "form_fit", "form", "in_force", "settled", "fragmentation",
    "worst_loss", "busiest_broker", "across", "brokered", "density", "members",
)  # fmt: skip
COUNTS = ("members", "brokered", "single_holders", "in_force")
WIDE, NARROW, HIGH = 420.0, 190.0, 38.0
LEAST = 0.2  # a smaller change of a share, or of a number by this part, is drawn small


def ledger(
    reading: LedgerReading,
    *,
    labels: pd.Series | None = None,
    top: int = 15,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw what steps would change: what is gained, what is lost, what hangs on the unknown, and who loses.

    Parameters
    ----------
    reading : LedgerReading
        From ``interventions.ledger``.
    labels : pandas.Series, optional
        Names of the organizations, also of those who leave; otherwise those of the network after the last
        step.
    top : int
        How many that lose have a row of their own; the others are named below.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A row per indicator, a column per step, and one for all steps together. Each cell tells from what to
        what, and draws the change off the line in the middle: to the right is better, or more where no
        direction is. The grey bar spans what comes out as the unknown is filled in. Shares have one
        scale, each number has its own; on neither does a change of a fifth or less fill the cell. Below
        stands who loses what.

    Examples
    --------
    >>> from orgnet_analytics import OrgNetwork
    >>> from orgnet_analytics.readings import interventions
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": list("abc"), "target": list("bcd")}))
    >>> fig = ledger(interventions.ledger(path, [interventions.Tie([("d", "a")])]))
    >>> fig.layout.meta["orgnet"]["summary"]
    'Verdict: gains. Better: pairs cut off by the worst loss of a member. Worse: nothing. Who loses: none.'
    """
    given = (
        labels if labels is not None else reading.net.actors.get("label", pd.Series(dtype=object))
    )
    book = _Ledger(reading, given.dropna().astype(str).to_dict(), lang)
    legend = {look: word(f"look_{look}", lang) for look in LOOKS}
    legend["bounds"] = word("filled", lang)
    grid = Grid(list(book.moves), WIDE if len(book.moves) == 1 else NARROW, LOOKS, legend)
    for kind in SECTIONS:
        if kind in book.sections:
            _section(grid, book, kind)
    _losing(grid, book, top)
    if "same" in book.sections:
        grid.heading(word("unchanged", lang))
        grid.paragraph(", ".join(book.names("same")))
    verdict = word("not_told" if reading.verdict == "undetermined" else reading.verdict, lang)
    return told(
        grid.drawn(f"{word('verdict', lang)}: {verdict}", title), book.summary(), book.table(), lang
    )


@dataclass(frozen=True)
class _Ledger:
    """A ledger as it is drawn: ``named`` has a name for every id that has one."""

    reading: LedgerReading
    named: Mapping[str, str]
    lang: str

    @cached_property
    def moves(self) -> dict[str, pd.DataFrame]:
        """Per column what changes, and the look of each change."""
        limit = float(self.reading.rules.at["change", "value"])
        steps = self.reading.table.groupby(level=["nr", "step"], sort=False)
        several = steps.ngroups > 1
        found = {
            (f"{nr}. " if several else "") + said.step(name, self.named, self.lang):
            part.droplevel(["nr", "step"]) for (nr, name), part in steps
        }  # fmt: skip
        if several:
            found[word("together", self.lang)] = self.reading.whole
        return {head: part.assign(look=_looks(part, limit)) for head, part in found.items()}

    @cached_property
    def steps(self) -> list[str]:
        """The steps as the ledger names them."""
        return list(
            self.reading.table.index.droplevel("indicator").unique().get_level_values("step")
        )

    @cached_property
    def sections(self) -> dict[str, list[str]]:
        """The indicators by what becomes of them in the end."""
        parts, end = list(self.moves.values()), list(self.moves.values())[-1]
        found: dict[str, list[str]] = {}
        for name in sorted({name for part in parts for name in part.index}, key=ORDER.index):
            look = end["look"].get(name, "same")
            if look == "same" and any(part["look"].get(name, "same") != "same" for part in parts):
                look = "even"
            found.setdefault(look, []).append(name)
        return found

    @cached_property
    def scales(self) -> dict[str, float]:
        """How large a change fills the cell: the same for all shares, of its own for each number."""
        every = pd.concat(self.moves.values())
        most = _ends(every).groupby(level=0).max().fillna(0.0)
        counts = every[every.index.isin(COUNTS)]
        least = LEAST * counts[["before", "after"]].astype(float).max(axis=1).groupby(level=0).max()
        shares = max(float(most.drop(index=[*COUNTS], errors="ignore").max()), LEAST)
        own = pd.concat([most, least], axis=1).max(axis=1)
        return {name: own[name] or 1.0 if name in COUNTS else shares for name in most.index}

    @cached_property
    def losers(self) -> pd.DataFrame:
        """Who loses what at which step: those who leave first, then those who lose most."""
        table = self.reading.losers
        part = 1 - table["after"].astype(float) / table["before"].astype(float)
        need = table["loses"] == "holders"
        worst = part.groupby([table["who"], need]).transform("max")
        leaves = (
            (table["loses"] == "its place in the network").groupby(table["who"]).transform("any")
        )
        name = [one if is_need else self.named.get(one, one)
                for one, is_need in zip(table["who"], need, strict=True)]  # fmt: skip
        order = table.assign(need=need, name=name, leaves=leaves, worst=worst)
        return order.sort_values(["leaves", "worst"], ascending=False, kind="stable")

    def names(self, kind: str) -> list[str]:
        """Return the indicators of a section in words."""
        return [said.indicator(name, self.lang) for name in self.sections.get(kind, [])]

    def summary(self) -> str:
        """Return the figure in a sentence."""
        nothing, nobody = word("nothing", self.lang), word("nobody", self.lang)
        return word("ledger_said", self.lang).format(
            verdict=word(self.reading.verdict, self.lang),
            gain=", ".join(self.names("gain")) or nothing,
            loss=", ".join(self.names("loss")) or nothing,
            losers=", ".join(dict.fromkeys(self.losers.loc[~self.losers["need"], "name"]))
            or nobody,
        )

    def table(self) -> pd.DataFrame:
        """Return every change and every loss, under each other."""
        parts = pd.concat(
            {head: part.reset_index() for head, part in self.moves.items()}, names=["step"]
        )
        lost = self.losers.rename(columns={"loses": "indicator"})
        lost = lost[["step", "who", "indicator", "before", "after"]].assign(look="loss")
        lost["step"] = [list(self.moves)[self.steps.index(one)] for one in lost["step"]]
        made = parts.reset_index(level="step").assign(who=None)
        return pd.concat([made, lost]).set_index("step")[
            ["who", "indicator", "before", "after", "change", "lowest", "highest", "better", "look"]
        ]


def _ends(part: pd.DataFrame) -> pd.Series:
    """Return how far a change goes at most, whatever is unknown."""
    return part[["change", "lowest", "highest"]].astype(float).abs().max(axis=1)


def _looks(part: pd.DataFrame, limit: float) -> pd.Series:
    """Return what each change is: a gain, a loss, open, neither of these, or none."""
    side = sides(part, limit)
    turned = part["change"].isna() & (part["before"].notna() | part["after"].notna())
    turned &= part["before"] != part["after"]
    rest = pd.Series("same", index=part.index, dtype=object)
    stirs = _ends(part) > limit
    rest = rest.mask(stirs, "open").mask((stirs & (part["better"] == "neither")) | turned, "moved")
    return side.where(side != "", rest)


def _section(grid: Grid, book: _Ledger, kind: str) -> None:
    """Add the indicators of one kind; over the first column stands which way is better."""
    at = grid.heading(word(f"section_{kind}", book.lang))
    if kind != "even":
        ways = word("less_more" if kind == "moved" else "worse_better", book.lang)
        grid.write(ways, grid.wide / 2, at, middle=True)
    for name in book.sections[kind]:
        y = grid.row(said.indicator(name, book.lang), HIGH)
        for column, (head, part) in enumerate(book.moves.items()):
            if name in part.index:
                _cell(grid, book, part.loc[name], (column + 0.5) * grid.wide, y, head)


def _cell(grid: Grid, book: _Ledger, row: pd.Series, x: float, y: float, head: str) -> None:
    """Write from what to what, and draw the change with its range."""
    text = said.from_to(row, book.lang)
    if pd.isna(row["change"]):
        grid.write(safe(text).replace(" →", "<br>→"), x, y, middle=True)
        return
    grid.write(safe(text), x, y - 9, middle=True)
    name = str(row.name)
    per = 0.42 * grid.wide / book.scales[name] * (-1 if row["better"] == "lower" else 1)
    grid.rules.append((x, y + 1, x, y + 18))
    if pd.notna(row["lowest"]) and row["lowest"] != row["highest"]:
        grid.bars.append((x + row["lowest"] * per, y + 9, x + row["highest"] * per, y + 9))
    hover = f"<b>{safe(said.indicator(name, book.lang))}</b><br>{wrapped(head, 50)}<br>{safe(text)}"
    grid.mark(row["look"], x + row["change"] * per, y + 9, hover)


def _losing(grid: Grid, book: _Ledger, top: int) -> None:
    """Add who loses, and the needs that lose a holder."""
    lang, losers = book.lang, book.losers
    grid.heading(word("losers", lang))
    ours = losers[~losers["need"]]
    if ours.empty:
        share = f"{float(book.reading.rules.at['loss', 'value']):.0%}"
        grid.paragraph(word("nobody_loses", lang).format(loss=share))
    shown = list(dict.fromkeys(ours["who"]))[:top]
    _loser_rows(grid, book, ours[ours["who"].isin(shown)])
    rest = list(dict.fromkeys(ours.loc[~ours["who"].isin(shown), "name"]))
    if rest:
        grid.paragraph(word("more_losers", lang).format(more=len(rest), names=", ".join(rest)))
    if losers["need"].any():
        grid.heading(word("poorer_needs", lang))
        _loser_rows(grid, book, losers[losers["need"]])


def _loser_rows(grid: Grid, book: _Ledger, losers: pd.DataFrame) -> None:
    for _, ours in losers.groupby("who", sort=False):
        cells = {
            book.steps.index(step): lines(", ".join(said.loss(row, book.lang) for _, row in part.iterrows()),
                                     int((grid.wide - 30) / 5.9), most=4)
            for step, part in ours.groupby("step", sort=False)
        }  # fmt: skip
        name = str(ours["name"].iloc[0])
        y = grid.row(name, LINE * max(map(len, cells.values())) + 8)
        for column, text in cells.items():
            told_ = "<br>".join(map(safe, text))
            grid.mark("loss", column * grid.wide + 14, y, f"<b>{wrapped(name, 40)}</b><br>{told_}")
            grid.write(told_, column * grid.wide + 24, y)
