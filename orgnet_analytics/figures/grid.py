"""Rows and columns in pixels: names at the left, in each cell marks and a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from orgnet_analytics.figures.frame import legend_room, sheet
from orgnet_analytics.figures.text import lines, safe, text_width
from orgnet_analytics.figures.theme import GREY

LINE, NAME, HEAD, MOST, CLEAR = 14.0, 30, 16.0, 60, "rgba(0,0,0,0)"
Spans = list[tuple[float, float, float, float]]


@dataclass
class Grid:
    """A sheet that rows are added to from above; places on it are pixels from its upper left corner.

    ``looks`` gives each kind of mark its symbol and colour, in the order of the legend; ``legend`` names
    those that stand in it, and ``bounds`` the grey bars. ``start`` is where the heading of a column begins;
    without it, it stands over the middle.
    """

    columns: Sequence[str]
    wide: float
    looks: Mapping[str, tuple[str, str]]
    legend: Mapping[str, str]
    start: float | None = None
    high: float = 0.0
    names: list[tuple[float, list[str]]] = field(default_factory=list)
    marks: dict[str, list[tuple[float, float, str]]] = field(default_factory=dict)
    rules: Spans = field(default_factory=list)
    bars: Spans = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def inner(self) -> float:
        """The width of all columns."""
        return self.wide * len(self.columns)

    def row(self, name: str, high: float) -> float:
        """Add a row, at least as high as its name at the left, and return where its middle is."""
        told = lines(name, NAME, most=2)
        high = max(high, LINE * len(told) + 8)
        self.high += high
        self.names.append((self.high - high / 2, told))
        return self.high - high / 2

    def heading(self, text: str) -> float:
        """Add a row in bold, with some air above, and return where its text is."""
        self.high += 34
        self.notes.append(_note(f"<b>{safe(text)}</b>", 0, self.high - 12) | {"left": True})
        return self.high - 12

    def paragraph(self, text: str) -> None:
        """Add text over the full width of the columns."""
        told = lines(text, int(self.inner / 6.4), most=MOST)
        self.high += LINE * len(told) + 6
        middle = self.high - LINE * len(told) / 2 - 3
        self.notes.append(_note("<br>".join(map(safe, told)), 0, middle, size=11))

    def mark(self, look: str, x: float, y: float, hover: str) -> None:
        """Put a mark somewhere; ``hover`` is escaped already."""
        self.marks.setdefault(look, []).append((x, y, hover))

    def write(self, text: str, x: float, y: float, *, middle: bool = False) -> None:
        """Write text, escaped already, from x on or about it."""
        self.notes.append(_note(text, x, y, "center" if middle else "left", size=11))

    def drawn(self, said: str, title: str | None) -> go.Figure:
        """Return the figure: ``said`` stands above the columns."""
        fig = sheet(title=title, height=100)
        fig.add_trace(segments(self.rules, {"color": GREY, "width": 0.8}))
        if self.bars:
            bars = segments(self.bars, {"color": GREY, "width": 5})
            fig.add_trace(bars.update(name=self.legend["bounds"], showlegend=True, opacity=0.6))
        for look, (symbol, color) in self.looks.items():
            if look in self.marks:
                fig.add_trace(self._marks(look, symbol, color))
        self._dress(fig, said)
        return fig

    def _marks(self, look: str, symbol: str, color: str) -> go.Scatter:
        x, y, hover = (list(part) for part in zip(*self.marks[look], strict=True))
        hollow, told = symbol.endswith("open"), look in self.legend
        line = {"width": 1.6 if hollow else 0.8, "color": color if hollow else "#3c3c3c"}
        return go.Scatter(
            x=x, y=y, mode="markers", name=self.legend.get(look), showlegend=told,
            marker={"symbol": symbol, "color": color, "size": 11 if told else 7, "line": line},
            hovertext=hover, hoverinfo="text",
        )  # fmt: skip

    def _dress(self, fig: go.Figure, said: str) -> None:
        """Give names, headings and the legend the room they take."""
        left = (
            max((text_width(part, 12) for _, name in self.names for part in name), default=0) + 16
        )
        told = lines(said, int((left + self.inner) / 6.4), most=4)
        heads = [lines(one, int(self.wide / 7.2), most=3) for one in self.columns]
        tall = HEAD * max(map(len, heads))
        entries = [str(trace.name) for trace in fig.data if trace.showlegend is not False]
        entry, rows = legend_room(entries, self.inner)
        top = float(fig.layout.margin.t) + HEAD * len(told) + tall + 16
        fig.update_xaxes(range=[0, self.inner], visible=False)
        fig.update_yaxes(
            tickvals=[middle for middle, _ in self.names], range=[self.high, 0], showgrid=False,
            ticktext=["<br>".join(map(safe, name)) for _, name in self.names], zeroline=False,
        )  # fmt: skip
        at, side = (self.wide / 2, "center") if self.start is None else (self.start, "left")
        above = [
            _over("<b>" + "<br>".join(map(safe, head)) + "</b>", i * self.wide + at, 4, side)
            for i, head in enumerate(heads)
        ]
        above.append(_over("<br>".join(map(safe, told)), 0, tall + 10, "left") | {"left": True})
        shift = {"xshift": 10 - left}
        notes = [
            {key: value for key, value in note.items() if key != "left"} | (shift if "left" in note else {})
            for note in [*above, *self.notes]
        ]  # fmt: skip
        fig.update_layout(
            annotations=notes, width=left + self.inner + 20, height=top + self.high + 24 + 22 * rows,
            legend={"entrywidth": entry, "xref": "container"},
            margin={"t": top, "l": left, "r": 20, "b": 24 + 22 * rows, "autoexpand": False},
        )  # fmt: skip


def _note(text: str, x: float, y: float, side: str = "left", size: float = 12) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "xanchor": side, "align": side, "showarrow": False,
            "font": {"size": size}, "bgcolor": CLEAR}  # fmt: skip


def _over(text: str, x: float, up: float, side: str) -> dict[str, Any]:
    return _note(text, x, 1, side) | {"yref": "paper", "yanchor": "bottom", "yshift": up}


def segments(spans: Spans, line: dict[str, Any]) -> go.Scatter:
    """Return lines from (x, y) to (x, y) as one trace with gaps."""
    x = [at for x0, _, x1, _ in spans for at in (x0, x1, None)]
    y = [at for _, y0, _, y1 in spans for at in (y0, y1, None)]
    return go.Scatter(x=x, y=y, mode="lines", line=line, showlegend=False, hoverinfo="skip")
