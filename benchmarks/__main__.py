"""Run the benchmarks and write docs/speed.md: ``python -m benchmarks``, or only some: ``... roles start``.

What was measured is kept in out/benchmarks, one file per family, so that one family can be run again.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from benchmarks.page import page
from benchmarks.timing import Limit, Race

FOLDER = Path(__file__).parent
KEPT = FOLDER.parent / "out" / "benchmarks"
PAGE = FOLDER.parent / "docs" / "speed.md"


def measure(family: str) -> None:
    """Run one family, print what it finds and keep it."""
    module = import_module(f"benchmarks.bench_{family}")
    rows = []
    for row in module.rows():
        print(
            row, "" if row.reached is None else "reached" if row.reached else "missed", flush=True
        )
        rows.append([type(row).__name__, *row])
    kept = {"title": (module.__doc__ or "").splitlines()[0], "machine": machine(), "rows": rows}
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{family}.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")


def machine() -> str:
    """Return what the numbers depend on."""
    packages = ("igraph", "networkx", "numpy", "pandas", "pyarrow")
    said = ", ".join(f"{name} {version(name)}" for name in packages)
    busy = f"load {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores, {busy}, Python {platform.python_version()}, {said}"


def write() -> None:
    """Write the page from what is kept."""
    found = {}
    for file in sorted(KEPT.glob("*.json")):
        kept = json.loads(file.read_text(encoding="utf-8"))
        rows = [{"Race": Race, "Limit": Limit}[kind](*row) for kind, *row in kept["rows"]]
        found[file.stem] = (kept["title"], kept["machine"], rows)
    PAGE.write_text(page(found), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    every = sorted(file.stem.removeprefix("bench_") for file in FOLDER.glob("bench_*.py"))
    for name in sys.argv[1:] or every:
        measure(name)
    write()
