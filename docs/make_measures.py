"""Write docs/measures.md from the catalogue; a test keeps the two equal."""

from pathlib import Path

from orgnet_analytics.catalogue import CARDS

PAGE = Path(__file__).parent / "measures.md"
HEAD = """# Measures

Every measure on its card: how to read it, where it comes from, what it was held against. The same
table in Python is `ona.catalogue()`; formulas, ranges and examples stand in each function's help, as in
`help(ona.brokerage.constraint)`. Where a source is only called "known from", its text could not be
read: the definition in the help is the one that holds.
"""


def page() -> str:
    """Return the page: one section per topic, one row per measure."""
    parts, topic = [HEAD], ""
    for card in CARDS:
        new, _, name = card.measure.partition(".")
        if new != topic:
            topic = new
            parts.append(
                f"\n## {topic}\n\n| measure | what | read it so | source | checked against |"
            )
            parts.append("\n|---|---|---|---|---|")
        cells = (
            f"`{name}`",
            f"{card.title} / {card.title_nl}",
            card.read,
            card.source,
            card.checked,
        )
        parts.append("\n| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
