"""The page docs/speed.md: what was measured, as ratios, with the goals and whether they were reached."""

from __future__ import annotations

from benchmarks.timing import Limit, Race

Found = dict[str, tuple[str, str, list[Race | Limit]]]

HEAD = """# Speed

How fast the measures are beside other packages, measured side by side by

```
make bench
```

(`python -m benchmarks roles` repeats one family). Every number is processor time, so that other work on the
machine matters little; it still matters some, and most where one call takes a millisecond. Ours and the
rival's run in turn in one process; R runs in one of its own, in turn with ours. A rival that takes more than
a second runs once, and where 1,000 draws would take sna too long it gets fewer and its time is scaled up.
Work of about a millisecond is done ten times or more in each turn.
The numbers are compared as well: roles, constraint, effective size, removals, the census up to 3,000 actors.
Networks are drawn with hubs, communities and returned ties (`benchmarks/networks.py`); "with hubs" has far
more uneven ones. Look at the ratios: seconds differ from machine to machine. A goal is what the project set
itself beforehand; a goal that is missed says so. Betweenness, closeness and harmonic centrality are igraph's,
called by us: they take what igraph takes, so there is no race. Before an import is timed, all modules are
compiled, as those of an installed package are.
"""

MISSED = """## Why some goals are missed

- *A few hundred organizations, one call.* The work itself takes less than a millisecond there; making and
  checking the tables around it takes one or two. Ratios at this size say little about what you will notice.
- *Reading files.* The rival reads cells; here every name is looked up, every weight and pair checked, and the
  network built. Looking up two million names alone takes about as long as pandas takes to read
  them, and longer the more organizations there are.
"""


def page(found: Found) -> str:
    """Return the page in Markdown."""
    parts = [HEAD]
    parts += [f"Measured on {next(iter(found.values()))[1]}."] if found else []
    for title, _, rows in found.values():
        parts.append(f"## {title.rstrip('.')}")
        parts += _races([row for row in rows if isinstance(row, Race)])
        parts += _limits([row for row in rows if isinstance(row, Limit)])
    every = [row for _, _, rows in found.values() for row in rows]
    parts += [MISSED] if any(row.reached is False for row in every) else []
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _races(races: list[Race]) -> list[str]:
    head = "| work | actors | ours, ms | rival | times as fast | goal | |\n|---|---|---:|---|---:|---:|---|"
    lines = [
        f"| {one.work} | {one.size} | {_short(one.ours * 1000)} | {one.rival} | {_short(one.times)} "
        f"| {'' if one.goal is None else _short(one.goal)} | {_verdict(one.reached)} |"
        for one in races
    ]
    return ["\n".join([head, *lines])] if races else []


def _limits(limits: list[Limit]) -> list[str]:
    head = "| what | size | measured | at most | |\n|---|---|---:|---:|---|"
    lines = [
        f"| {one.work} | {one.size} | {f'{_short(one.value)} {one.unit}'.strip()} "
        f"| {'' if one.limit is None else _short(one.limit)} | {_verdict(one.reached)} |"
        for one in limits
    ]
    return ["\n".join([head, *lines])] if limits else []


def _verdict(reached: bool | None) -> str:
    return "" if reached is None else "reached" if reached else "**missed**"


def _short(number: float) -> str:
    """Return two or three digits that matter."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.2g}" if number < 10 else f"{number:.1f}".removesuffix(".0")
