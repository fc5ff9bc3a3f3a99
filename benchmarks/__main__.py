"""Run every benchmark and write out/benchmarks.md: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent / "out" / "benchmarks.md"


def main(quick: bool) -> None:
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("igraph", "networkx", "numpy", "pandas")
    )
    parts = [
        "# Benchmarks",
        f"`python -m benchmarks{' --quick' if quick else ''}`, "
        f"Python {platform.python_version()}, {packages}, "
        f"{os.cpu_count()} cores. Ratios are medians of pairs in one run; "
        "rivals that are not installed are left out.",
    ]
    for file in sorted(FOLDER.glob("bench_*.py")):
        module = import_module(f"benchmarks.{file.stem}")
        table = module.rows(quick)
        parts += [f"## {module.__doc__.splitlines()[0]}", f"```\n{table.to_string()}\n```"]
        if "growth" in table.attrs:
            parts.append(f"Growth from 3,000 actors on: time ~ size^{table.attrs['growth']:.2f}.")
        print(*parts[-2:], sep="\n", flush=True)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
