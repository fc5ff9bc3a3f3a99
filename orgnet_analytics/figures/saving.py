"""Figures as files: SVG, PNG and PDF at a width in millimetres, HTML that needs no network."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from orgnet_analytics.errors import OrgNetError, UndefinedError
from orgnet_analytics.figures import plain

PER_INCH, MM_PER_INCH = 96.0, 25.4
FORMATS = ("svg", "png", "pdf", "html")
SECONDS = 90.0
NO_BROWSER = (
    "SVG, PNG and PDF are drawn by a browser and none was found. Install Chromium or Chrome (on Debian or "
    "Ubuntu: apt-get install chromium), or say where it is with the environment variable BROWSER_PATH. "
    "HTML needs no browser, and browser=False draws network, matrix, brokers and ranking without one."
)


def save(
    fig: go.Figure,
    path: str | Path,
    *,
    width_mm: float = 160,
    height_mm: float | None = None,
    dpi: int = 300,
    include_js: bool | str = True,
    browser: bool = True,
) -> Path:
    """Write a figure to a file; the ending says which kind: ``.svg``, ``.png``, ``.pdf`` or ``.html``.

    Parameters
    ----------
    fig : plotly.graph_objects.Figure
        What to write; it is not changed.
    path : str or path
        Where; folders are made as needed.
    width_mm, height_mm : float
        The size on paper. Without a height the shape of the figure stays; everything scales along, so a
        figure made 760 pixels wide has letters of about 2.5 mm at a width of 160 mm.
    dpi : int
        Dots per inch of a PNG.
    include_js : bool or str
        For HTML: put plotly.js inside (the file works without a network), leave it out (for a page that has
        it), or name a ``.js`` file beside the page.

    browser : bool
        False draws SVG, PNG and PDF by matplotlib, for where there is no browser: figures of lines, marks,
        bars and cells, such as network, waves, matrix, brokers and ranking. What it does not draw it names.
        The letters are then inside the SVG too.

    Returns
    -------
    pathlib.Path
        Where it stands.

    Raises
    ------
    UndefinedError
        For another ending.
    OrgNetError
        Where there is no browser, or it does not finish; the message says what to do.

    Notes
    -----
    Nothing is fetched: neither page nor picture asks for anything outside this machine. A PDF carries its
    letters; an SVG drawn by a browser names them (Liberation Sans, Arial), one of ``browser=False`` carries
    their outlines.

    Examples
    --------
    >>> import tempfile, plotly.graph_objects as go
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(go.Figure(), f"{folder}/empty.html", include_js=False).name
    'empty.html'
    """
    target = Path(path)
    kind = target.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        choices = ", ".join(f".{ending}" for ending in FORMATS)
        raise UndefinedError(f"{target.name!r} does not end in one of {choices}.")
    if width_mm <= 0 or dpi <= 0 or (height_mm is not None and height_mm <= 0):
        raise UndefinedError("A figure needs a width, a height and a dpi above 0.")
    content = (
        _page(fig, include_js).encode()
        if kind == "html"
        else _picture(fig, kind, (width_mm, height_mm), dpi, browser=browser)
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def _page(fig: go.Figure, include_js: bool | str) -> str:
    if isinstance(include_js, str) and not include_js.endswith(".js"):
        raise UndefinedError(f"include_js is True, False or a .js file, not {include_js!r}.")
    config = {"displaylogo": False, "responsive": False}
    page = fig.to_html(full_html=True, include_plotlyjs=include_js, config=config)
    return str(page)


def _picture(
    fig: go.Figure, kind: str, size: tuple[float, float | None], dpi: int, *, browser: bool
) -> bytes:
    width_mm, height_mm = size
    wide = float(fig.layout.width or 760)
    tall = float(fig.layout.height or 520)
    if height_mm is not None:
        tall = wide * height_mm / width_mm
    if not browser:
        return plain.drawn(fig, kind, width_mm=width_mm, ratio=tall / wide, dpi=dpi)
    on_paper = width_mm / MM_PER_INCH
    scale = on_paper * (dpi if kind == "png" else PER_INCH) / wide
    options = {"format": kind, "width": round(wide), "height": round(tall), "scale": scale}
    drawn = within(SECONDS, lambda: _by_browser(go.Figure(fig), options))
    return _in_millimetres(drawn, width_mm, tall / wide) if kind == "svg" else drawn


def _by_browser(fig: go.Figure, options: dict[str, Any]) -> bytes:
    import kaleido
    from choreographer.errors import ChromeNotFoundError
    from kaleido import PageGenerator

    options = options | ({"scale": 1} if options["format"] == "svg" else {})
    page = PageGenerator(mathjax=False)
    try:
        drawn = kaleido.calc_fig_sync(fig, opts=options, kopts={"page_generator": page})
    except ChromeNotFoundError:
        raise OrgNetError(NO_BROWSER) from None
    return bytes(drawn)


def within(seconds: float, work: Callable[[], bytes]) -> bytes:
    """Return what ``work`` gives, or raise where it takes too long or fails."""
    answer: dict[str, Any] = {}

    def run() -> None:
        try:
            answer["drawn"] = work()
        except BaseException as error:
            answer["error"] = error

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if "drawn" in answer:
        drawn: bytes = answer["drawn"]
        return drawn
    error = answer.get("error")
    if isinstance(error, OrgNetError):
        raise error
    if error is None:
        raise OrgNetError(f"The browser did not finish the figure within {seconds:.0f} seconds.")
    raise OrgNetError(f"The browser could not draw the figure: {error}") from error


def _in_millimetres(svg: bytes, width_mm: float, ratio: float) -> bytes:
    """Give the drawing its size on paper; the view box keeps its shape."""
    size = f'width="{width_mm:g}mm" height="{width_mm * ratio:.2f}mm"'
    text = svg.decode()
    return re.sub(r'width="[\d.]+" height="[\d.]+"', size, text, count=1).encode()
