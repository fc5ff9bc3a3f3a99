"""Write docs/measures.md from the catalogue and the docstrings; a test keeps the two equal."""

import inspect
import re
import textwrap
from importlib import import_module
from pathlib import Path

from orgnet_analytics.catalogue import CARDS, Card

PAGE = Path(__file__).parent / "measures.md"
HEAD = """# Measures

Every measure: what it means, its formula, how to read it, where it comes from, and what it was held against
to how many digits. The cards in Python are `ona.catalogue()`; ranges, errors and examples stand in each
function's help, as in `help(ona.brokerage.constraint)`. Where a source is only called "known from", its text
could not be read: the definition here is the one that holds.

*Knoke bureaucracies*: ten organizations in Indianapolis. *chemnet*: the policy network of German toxic
chemicals. *Forty networks of every shape*: empty, one actor, isolates, complete, star, disconnected, one
group, forty groups, weighted, directed and not. *Eight real collections*: 42 networks of organizations.
"10 digits" means that no difference exceeds 1e-10.
"""


def page() -> str:
    """Return the page: one section per topic, one part per measure."""
    parts, topic = [HEAD], ""
    for card in CARDS:
        new = card.measure.partition(".")[0]
        if new != topic:
            topic = new
            parts.append(f"\n## {topic}\n")
        parts.append(entry(card))
    return "".join(parts)


def entry(card: Card) -> str:
    """Return one measure: title, meaning and formula from its docstring, and the rest of its card."""
    topic, _, name = card.measure.partition(".")
    measure = getattr(import_module(f"orgnet_analytics.measures.{topic}"), name)
    meaning = inspect.getdoc(measure).partition("\nParameters\n")[0].strip()
    return (
        f"\n### {topic}.{name}\n\n**{card.title}** / {card.title_nl}\n\n{as_markdown(meaning)}\n\n"
        f"- Read it so: {card.read}\n- Source: {card.source}\n- Checked against: {card.checked}\n"
    )


def as_markdown(text: str) -> str:
    """Return the part of a docstring above its parameters as Markdown."""
    block = re.compile(r"^\.\. math:: (.*(?:\n[ ]+\S.*)*)", re.MULTILINE)
    pieces = block.split(text)
    for place, piece in enumerate(pieces):
        if place % 2:
            pieces[place] = "$$\n" + textwrap.dedent(" " * 10 + piece).strip() + "\n$$"
        else:
            pieces[place] = re.sub(r"(?<!`)`([^`]+)`(?!`)", r"`\1`", piece).replace("``", "`")
    return "".join(pieces)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
