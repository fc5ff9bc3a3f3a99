"""Names on figures: escaped, wrapped, and measured without a browser."""

from __future__ import annotations

import html
import unicodedata
from typing import Any

SEAMS = (
    "-",
    "/",
    "zorg",
    "huis",
    "dienst",
    "ings",
    "heids",
    "schaps",
    "teits",
    "ing",
    "heid",
    "tie",
    "en",
    "s",
    "er",
    "el",
)
VOWELS = set("aeiouyéëïöü-")
NARROW, WIDE = set("iljtfrI.,:;'|!()[]- "), set("mwMWOQG@%&")


def safe(name: Any) -> str:
    """Return a name as plotly may show it: its markup is text.

    Examples
    --------
    >>> safe('<b>Zorg</b> & co')
    '&lt;b&gt;Zorg&lt;/b&gt; &amp; co'
    """
    printable = "".join(" " if unicodedata.category(c) == "Cc" else c for c in str(name))
    return html.escape(printable, quote=False)


def lines(name: Any, width: int, *, most: int = 3) -> list[str]:
    """Return a name in lines of about ``width`` characters, at most ``most`` of them.

    Examples
    --------
    >>> lines("Regionale Ondersteuningsstructuur Eerstelijnszorg", 18)
    ['Regionale', 'Ondersteunings-', 'structuur…']
    >>> lines("Centrum voor Algemeen Welzijnswerk Molenrode", 18, most=2)
    ['Centrum voor', 'Algemee… Molenrode']
    """
    words = []
    for word in " ".join(str(name).split()).split(" "):
        words += _broken(word, width)
    found: list[str] = []
    for word in words:
        fits = found and not found[-1].endswith("-") and len(found[-1]) + 1 + len(word) <= width
        found = [*found[:-1], f"{found[-1]} {word}"] if fits else [*found, word]
    if len(found) > most:
        found = [*found[: most - 1], _cut(found[most - 1].rstrip("-"), str(name), width)]
    return found or [""]


def _cut(start: str, name: str, width: int) -> str:
    """Return the start of what does not fit and the last word: names often differ in the place alone."""
    last = name.split()[-1]
    room = width - len(last) - 2
    if room < 3 or start.endswith(last):
        return start[: width - 1].rstrip() + "…"
    return f"{start[:room].rstrip()}… {last}"


def _broken(word: str, width: int) -> list[str]:
    """Break a word that is too long where a Dutch or English compound likely has a seam."""
    if len(word) <= width + 2:
        return [word]
    seams = [
        (SEAMS.index(seam), -at)
        for at in range(5, width)
        for seam in SEAMS
        if word[:at].casefold().endswith(seam)
        and len(word) - at >= 4
        and (len(seam) > 3 or word[at] not in VOWELS)
    ]
    at = -min(seams)[1] if seams else width - 1
    if word[at - 1] in "-/":
        return [word[:at], *_broken(word[at:], width)]
    return [word[:at] + "-", *_broken(word[at:], width)]


def shortened(name: Any, width: int) -> str:
    """Return a name cut to ``width`` characters, its last word kept where there is room."""
    text = " ".join(str(name).split())
    return text if len(text) <= width else _cut(text[:width], text, width)


def wrapped(name: Any, width: int, *, most: int = 3) -> str:
    """Return a name escaped and wrapped, as plotly shows it."""
    return "<br>".join(safe(line) for line in lines(name, width, most=most))


def text_width(text: str, size: float) -> float:
    """Return about how many pixels wide a line of text is, a little more rather than less."""
    return sum(_em(character) for character in text) * size


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in NARROW:
        return 0.36
    if character in WIDE:
        return 0.9
    return 0.7 if character.isupper() else 0.58


def box(text_lines: list[str], size: float) -> tuple[float, float]:
    """Return the width and height in pixels of lines of text."""
    return max(text_width(line, size) for line in text_lines) + 2, 1.3 * size * len(text_lines)
