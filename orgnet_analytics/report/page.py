"""A page of sections that reads the same in a terminal and as one offline HTML file."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import is_string_dtype

STYLE = (resources.files("orgnet_analytics.report") / "page.css").read_text(encoding="utf-8")
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)


@dataclass(frozen=True)
class Section:
    """One heading with its sentences, its table and its figure; the last two may be absent."""

    heading: str
    sentences: Sequence[str] = ()
    table: pd.DataFrame | None = None
    figure: Any = None


@dataclass(frozen=True)
class Page:
    """A titled list of sections; ``banner`` says what every reader must know first."""

    title: str
    sections: Sequence[Section]
    banner: str = ""
    footer: str = ""
    lang: str = "en"

    def to_text(self) -> str:
        """Return the page for a terminal; figures have no place in it."""
        parts = [self.title, "=" * len(self.title)]
        if self.banner:
            parts.append(self.banner)
        for section in self.sections:
            parts += ["", section.heading, "-" * len(section.heading), *section.sentences]
            if section.table is not None:
                parts.append(_shown(section.table).to_string(line_width=200))
        return "\n".join(parts)

    def to_html(self) -> str:
        """Return one HTML document that needs no network: styles, data and scripts are inside."""
        figures = [section.figure for section in self.sections if section.figure is not None]
        body = "\n".join(_section(section) for section in self.sections)
        banner = f'<p class="banner">{html.escape(self.banner)}</p>' if self.banner else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{html.escape(self.lang)}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{html.escape(self.title)}</title><style>{STYLE}</style>"
            f"{_plotly_script() if figures else ''}</head>\n"
            f"<body><h1>{html.escape(self.title)}</h1>{banner}\n{body}\n"
            f"<footer>{html.escape(self.footer)}</footer></body></html>\n"
        )

    def save(self, path: str | Path) -> Path:
        """Write the HTML document and return where it stands; folders are made as needed."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.to_html(), encoding="utf-8")
        return target

    def _repr_html_(self) -> str:
        return "".join(_section(section, figures=False) for section in self.sections)


def _plotly_script() -> str:
    from plotly.offline import get_plotlyjs

    return f"<script>{get_plotlyjs()}</script>"


def _section(section: Section, *, figures: bool = True) -> str:
    parts = [f"<h2>{html.escape(section.heading)}</h2>"]
    parts += [f"<p>{html.escape(sentence)}</p>" for sentence in section.sentences]
    if figures and section.figure is not None:
        config = {"displaylogo": False, "responsive": True}
        drawn = section.figure.to_html(full_html=False, include_plotlyjs=False, config=config)
        parts.append(f'<div class="figure">{drawn}</div>')
    if section.table is not None:
        parts.append(f'<div class="table">{_table(section.table)}</div>')
    return f"<section>{''.join(parts)}</section>"


def _table(table: pd.DataFrame) -> str:
    shown = _shown(table)
    sides = ["text" if is_string_dtype(table[column]) else "number" for column in table]
    head = "".join(_cells("th", [_heading(name) for name in table.columns], sides))
    rows = "".join(
        f"<tr><th>{html.escape(_heading(name))}</th>{''.join(_cells('td', row, sides))}</tr>"
        for name, row in zip(shown.index, shown.to_numpy(), strict=True)
    )
    corner = html.escape(" ".join(str(name) for name in table.index.names if name))
    return f"<table><thead><tr><th>{corner}</th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(tag: str, texts: Iterable[str], sides: list[str]) -> Iterator[str]:
    for text, side in zip(texts, sides, strict=True):
        yield f'<{tag} class="{side}">{html.escape(text)}</{tag}>'


def _heading(name: Any) -> str:
    return " ".join(map(str, name)) if isinstance(name, tuple) else str(name).replace("_", " ")


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as text: whole numbers whole, others with three digits, undefined as a dash."""
    return table.apply(lambda column: column.map(_cell))


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return "-"
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if value.is_integer() else f"{value:.3f}"
