"""Figures without a browser: what network, matrix, brokers and ranking are made of, by matplotlib."""

from __future__ import annotations

import html
import io
import re
import warnings
from typing import Any

import numpy as np
import plotly.graph_objects as go

from orgnet_analytics.errors import OrgNetError, UndefinedError
from orgnet_analytics.figures.text import text_width

NEEDED = (
    "Drawing without a browser needs matplotlib: pip install matplotlib (or install Chromium and leave "
    "browser=True)."
)
MARKERS = {
    "circle": "o", "square": "s", "diamond": "D", "diamond-tall": "d", "triangle-up": "^", "cross": "P",
    "hexagon": "h", "triangle-down": "v", "star": "*", "pentagon": "p", "x": "X", "circle-x": "o",
    "circle-cross": "o",
}  # fmt: skip
HATCHES = {
    "": "",
    "/": "///",
    ".": "..",
    "x": "xxx",
    "-": "---",
    "\\": "\\\\\\",
    "|": "|||",
    "+": "+++",
}
DASHES = {"solid": "-", "dot": ":", "dash": "--", "2px,2px": (0, (1, 1.5))}
FONTS = ["Liberation Sans", "Arial", "Helvetica", "DejaVu Sans"]
PICAS = 0.75


def drawn(fig: go.Figure, kind: str, *, width_mm: float, ratio: float, dpi: int) -> bytes:
    """Return a figure as SVG, PNG or PDF; letters are in the file, so it looks the same everywhere.

    Raises
    ------
    UndefinedError
        Where the figure holds something only a browser draws.
    OrgNetError
        Where matplotlib is not installed.
    """
    other = _only_by_browser(fig)
    if other:
        what = ", ".join(sorted(other))
        raise UndefinedError(f"Without a browser there is no way to draw {what}: use browser=True.")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise OrgNetError(NEEDED) from None
    inches = width_mm / 25.4
    settings = {"font.family": _fonts(), "svg.fonttype": "path", "pdf.fonttype": 42, "hatch.linewidth": 0.5,
                "text.parse_math": False, "svg.hashsalt": "orgnet"}  # fmt: skip
    with mpl.rc_context(settings), warnings.catch_warnings():
        # A letter no font here has is drawn as a box; that needs no warning beside it.
        warnings.filterwarnings("ignore", message="Glyph")
        canvas = Figure(figsize=(inches, inches * ratio), facecolor=_paper(fig))
        _Sheet(fig, canvas, inches * 96 / float(fig.layout.width)).draw()
        held = io.BytesIO()
        # No date inside: the same figure gives the same bytes.
        stamp = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
        canvas.savefig(held, format=kind, dpi=dpi, facecolor=_paper(fig), metadata=stamp)
    return held.getvalue()


def _only_by_browser(fig: go.Figure) -> set[str]:
    """Return what a figure holds that is not drawn here: it is named, never left out."""
    other = {trace.type for trace in fig.data} - {"scatter", "bar", "heatmap"}
    marks = [trace for trace in fig.data if trace.type == "scatter"]
    other |= {"a second axis" for trace in marks if (trace.yaxis or "y") != "y"}
    other |= {"text at marks" for trace in marks if "+text" in (trace.mode or "")}
    other |= {f"a {shape.type}" for shape in fig.layout.shapes if shape.type != "line"}
    other |= {"arrows" for note in fig.layout.annotations if note.axref not in (None, "pixel")}
    return other


class _Sheet:
    """One plotly figure on one matplotlib figure; ``scale`` turns its pixels into points on paper."""

    def __init__(self, fig: go.Figure, canvas: Any, scale: float) -> None:
        self.fig, self.canvas, self.scale = fig, canvas, scale
        self.look = fig.layout.template.layout
        self.ink = _color(self.look.font.color)
        self.axes: dict[str, Any] = {}
        self.stacks: dict[tuple[str, float], float] = {}
        self.keys: list[tuple[Any, str]] = []

    def points(self, pixels: float) -> float:
        """Return pixels of the figure as points of the paper."""
        return pixels * PICAS * self.scale

    def draw(self) -> None:
        """Draw axes, traces, shapes, annotations, title and legend."""
        self.frame()
        for trace in self.fig.data:
            if trace.visible in (None, True):
                self.trace(trace, self.axes[trace.xaxis or "x"])
        for shape in self.fig.layout.shapes:
            self.shape(shape)
        for note in self.fig.layout.annotations:
            self.note(note)
        title = self.fig.layout.title.text
        if title:
            tall = float(self.fig.layout.height)
            self.canvas.text(0.01, 1 - 8 / tall, _plain(title), va="top", ha="left", color=self.ink,
                             fontsize=self.points(15))  # fmt: skip
        if self.fig.layout.showlegend is not False and self.keys:
            self.legend()

    def frame(self) -> None:
        """Make the axes where plotly would have them, names at the side included."""
        layout = self.fig.layout
        wide, tall = float(layout.width), float(layout.height)
        side = layout.margin
        names = [part for text in layout.yaxis.ticktext or [] for part in _plain(text).split("\n")]
        size = layout.yaxis.tickfont.size or 12
        left = max([side.l or 0, *(text_width(name, size) + 14 for name in names)])
        # As plotly does: a legend of many rows pushes the axes up.
        rows = 0 if layout.showlegend is False else -(-len(self.named()) // self.columns())
        below = side.b if layout.xaxis.visible is False else max(side.b, 50 + 19 * rows)
        second = {"x2": layout.xaxis2} if "xaxis2" in layout else {}
        for key, axis in ({"x": layout.xaxis} | second).items():
            low, high = axis.domain or (0, 1)
            span = wide - left - side.r
            area = [(left + low * span) / wide, below / tall, (high - low) * span / wide,
                    (tall - side.t - below) / tall]  # fmt: skip
            # Behind the letters, which may stand outside their axes.
            ax = self.canvas.add_axes(area, facecolor="none")
            self.axes[key] = ax
            self.style(ax, axis, layout.yaxis, first=key == "x")

    def style(self, ax: Any, across: Any, up: Any, *, first: bool) -> None:
        """Give axes their ranges, ticks, grid and titles."""
        ax.xaxis.set_visible(across.visible is not False)
        ax.yaxis.set_visible(up.visible is not False)
        rule = _color(self.look.xaxis.gridcolor)
        for place in ax.spines.values():
            place.set_visible(False)
        ax.tick_params(length=0, labelsize=self.points(12), labelcolor=self.ink)
        ax.set_axisbelow(True)
        for axis, ours in ((across, ax.xaxis), (up, ax.yaxis)):
            if axis.showgrid is not False:
                ours.grid(visible=True, color=rule, linewidth=self.points(1))
            if axis.tickvals is None:
                ours.set_major_formatter(_writes(axis, self.fig.layout.separators))
            else:
                size = self.points(axis.tickfont.size or 12)
                texts = list(axis.ticktext or [])
                ours.set_ticks(list(axis.tickvals), list(map(_plain, texts)), fontsize=size)
                for label, text in zip(ours.get_ticklabels(), texts, strict=False):
                    label.set_weight(_weight(text))
        if across.side == "top":
            ax.xaxis.tick_top()
        if across.tickangle:
            ax.tick_params(axis="x", labelrotation=-across.tickangle)
            if -90 < across.tickangle < 0:
                for label in ax.get_xticklabels():
                    label.set(ha="left", rotation_mode="anchor")
        if not first:
            ax.tick_params(labelleft=False)
        if across.title.text:
            ax.set_xlabel(_plain(across.title.text), fontsize=self.points(13), color=self.ink)
        if first and up.title.text:
            ax.set_ylabel(_plain(up.title.text), fontsize=self.points(13), color=self.ink)
        if across.range is not None:
            ax.set_xlim(*across.range)
        if up.range is not None:
            ax.set_ylim(*up.range)

    def trace(self, trace: Any, ax: Any) -> None:
        """Draw one trace and remember it for the legend."""
        handle = getattr(self, trace.type)(trace, ax)
        if handle is not None and trace.showlegend is not False and trace.name:
            self.keys.append((handle, _plain(trace.name)))

    def scatter(self, trace: Any, ax: Any) -> Any:
        """Draw lines or markers."""
        x, y = _numbers(trace.x), _numbers(trace.y)
        if trace.mode == "text":
            return self.texts(trace, x, y, ax)
        if trace.fill == "toself":
            shade = _color(trace.fillcolor)
            (area,) = ax.fill(x, y, facecolor=shade, alpha=trace.opacity, linewidth=0, zorder=1)
            return area
        if "lines" in (trace.mode or ""):
            dash: Any = DASHES.get(trace.line.dash or "solid", "--")
            (handle,) = ax.plot(x, y, color=_color(trace.line.color), linestyle=dash, clip_on=False,
                                linewidth=self.points(trace.line.width or 1.5), alpha=trace.opacity,
                                solid_capstyle="butt", zorder=2)  # fmt: skip
            if "markers" in trace.mode:
                handle.set(marker=MARKERS.get(str(trace.marker.symbol), "o"),
                           markersize=self.points(trace.marker.size or 6))  # fmt: skip
            return handle
        if trace.meta == "arrowheads":
            return self.arrows(trace, x, y, ax)
        marker = trace.marker
        hollow = str(marker.symbol).endswith("-open")
        symbol = MARKERS.get(str(marker.symbol).removesuffix("-open"), "o")
        color = _color(marker.color)
        size = np.asarray(marker.size if marker.size is not None else 8, dtype=float)
        style = {"marker": symbol, "facecolors": "none" if hollow else color, "clip_on": False,
                 "edgecolors": color if hollow else _color(marker.line.color or "#3c3c3c"),
                 "linewidths": self.points(marker.line.width or 0)}  # fmt: skip
        ax.scatter(x, y, s=self.points(1) ** 2 * size**2, zorder=4, **style)
        return ax.scatter([], [], s=self.points(10) ** 2, **style)

    def texts(self, trace: Any, x: Any, y: Any, ax: Any) -> None:
        """Write texts where they stand."""
        size = self.points(trace.textfont.size or 12)
        for across, up, text in zip(x, y, trace.text, strict=True):
            ax.text(
                across, up, _plain(text), ha="center", va="center", fontsize=size, color=self.ink
            )

    def arrows(self, trace: Any, x: Any, y: Any, ax: Any) -> None:
        """Draw the points of the arrows, turned as the ties run."""
        from matplotlib.collections import PolyCollection

        turn = np.deg2rad(np.asarray(trace.marker.angle, dtype=float))
        along = np.column_stack([np.sin(turn), np.cos(turn)])
        across = np.column_stack([along[:, 1], -along[:, 0]])
        tips = np.column_stack([x, y])
        back = tips - 6 * along
        corners = np.stack([tips, back + 2 * across, back - 2 * across], axis=1)
        ax.add_collection(
            PolyCollection(list(corners), facecolors=_color(trace.marker.color), zorder=3)
        )

    def bar(self, trace: Any, ax: Any) -> Any:
        """Draw stacked bars that lie."""
        wide = _numbers(trace.x)
        rows = _numbers(trace.y)
        left = [self.stacks.get(("bar", row), 0.0) for row in rows]
        for row, start, length in zip(rows, left, wide, strict=True):
            self.stacks["bar", row] = start + length
        hatch = HATCHES.get(trace.marker.pattern.shape or "", "")
        bars = ax.barh(rows, wide, left=left, height=0.62, color=_color(trace.marker.color), hatch=hatch,
                       edgecolor="white", linewidth=0, zorder=3)  # fmt: skip
        ax.barh(rows, wide, left=left, height=0.62, fill=False, edgecolor="#3c3c3c",
                linewidth=self.points(0.5), zorder=3)  # fmt: skip
        return bars

    def heatmap(self, trace: Any, ax: Any) -> None:
        """Draw cells, with a thin gap between them; a cell without a value is not drawn."""
        from matplotlib.collections import PolyCollection
        from matplotlib.colors import LinearSegmentedColormap

        stops = [(float(at), _color(color)) for at, color in trace.colorscale]
        shades = LinearSegmentedColormap.from_list("cells", stops, N=512)
        cells = np.asarray(trace.z, dtype=float)
        up, across = np.nonzero(np.isfinite(cells))
        middles = np.column_stack([across, up])[:, None]
        corners = middles + np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])
        values = (cells[up, across] - trace.zmin) / (trace.zmax - trace.zmin)
        drawn = PolyCollection(list(corners), facecolors=shades(values), edgecolors=_paper(self.fig),
                               linewidths=self.points(trace.xgap or 0), zorder=2)  # fmt: skip
        ax.add_collection(drawn)

    def shape(self, shape: Any) -> None:
        """Draw a straight line; one whose height is that of the paper spans the axes."""
        ax = self.axes[(shape.xref or "x").split(" ")[0]]
        across = ax.get_xaxis_transform() if shape.yref == "paper" else ax.transData
        line = shape.line
        dash: Any = DASHES.get(line.dash or "solid", "--")
        ax.plot([shape.x0, shape.x1], [shape.y0, shape.y1], transform=across, color=_color(line.color),
                linewidth=self.points(line.width or 1), linestyle=dash, zorder=3, scalex=False,
                scaley=False)  # fmt: skip

    def note(self, note: Any) -> None:
        """Write a name where it was placed, with its line where it has one."""
        from matplotlib.transforms import blended_transform_factory

        ax = self.axes["x"]
        across = ax.transAxes if note.xref == "paper" else ax.transData
        up = ax.transAxes if note.yref == "paper" else ax.transData
        shift = (note.xshift or 0, note.yshift or 0)
        if note.showarrow:
            shift = (note.ax or 0, -(note.ay or 0))
        # Half a point of air; the line to a far name starts at its marker, under everything.
        arrow = {"arrowstyle": "-", "color": _color(note.arrowcolor or "#8a8a8a"), "shrinkA": 0, "shrinkB": 0,
                 "linewidth": self.points(0.6)} if note.showarrow else None  # fmt: skip
        ax.annotate(
            _plain(note.text), (note.x, note.y), xycoords=blended_transform_factory(across, up),
            xytext=(self.points(shift[0]), self.points(shift[1])), textcoords="offset points",
            ha={"left": "left", "right": "right"}.get(note.xanchor, "center"),
            va={"top": "top", "bottom": "bottom"}.get(note.yanchor, "center"),
            fontsize=self.points(note.font.size or 12), color=_color(note.font.color or self.ink),
            arrowprops=arrow, zorder=5, weight=_weight(note.text),
            linespacing=1.15, annotation_clip=False,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": _paper(self.fig), "alpha": 0.6, "linewidth": 0},
        )  # fmt: skip

    def named(self) -> list[str]:
        """Return the names that stand in the legend."""
        return [_plain(t.name) for t in self.fig.data if t.showlegend is not False and t.name]

    def columns(self) -> int:
        """Return how many names of the legend fit beside each other."""
        parts = [part for name in self.named() for part in name.split("\n")]
        wide = max((text_width(part, 12) for part in parts), default=0) + 52
        return int(np.clip(float(self.fig.layout.width) // wide, 1, max(len(self.named()), 1)))

    def legend(self) -> None:
        """Put the keys below, in as many columns as fit."""
        handles, names = zip(*self.keys, strict=True)
        size = self.fig.layout.legend.font.size or 12
        self.canvas.legend(handles, names, loc="lower center", ncol=self.columns(), frameon=False,
                           fontsize=self.points(size), labelcolor=self.ink)  # fmt: skip


def _fonts() -> list[str]:
    """Return those of the fonts that are here; matplotlib brings the last one itself."""
    from matplotlib.font_manager import fontManager

    here = {entry.name for entry in fontManager.ttflist}
    return [name for name in FONTS if name in here]


def _paper(fig: go.Figure) -> Any:
    return _color(fig.layout.template.layout.paper_bgcolor or "#ffffff")


def _color(color: Any) -> Any:
    """Return a colour as matplotlib has it; plotly's rgba() counts to 255."""
    found = re.fullmatch(r"rgba?\(([^)]*)\)", str(color))
    if not found:
        return color
    red, green, blue, *alpha = (float(part) for part in found[1].split(","))
    return red / 255, green / 255, blue / 255, (alpha or [1.0])[0]


def _plain(text: Any) -> str:
    """Return what a text of plotly shows, without its markup."""
    return html.unescape(re.sub(r"</?[bi]>", "", str(text).replace("<br>", "\n")))


def _weight(text: Any) -> str:
    return "bold" if str(text).startswith("<b>") else "normal"


def _writes(axis: Any, separators: str | None) -> Any:
    """Return how an axis writes its numbers: as a share where it says so, with the comma where it does."""
    share = str(axis.tickformat or "").endswith("%")
    comma = (separators or ".").startswith(",")

    def write(value: float, _: object) -> str:
        text = f"{100 * value:.0f}%" if share else f"{value:.10g}".replace("-", "\u2212")
        return text.replace(".", ",") if comma else text

    return write


def _numbers(values: Any) -> Any:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
