"""Imports go down only: each module stands on a floor and leans on its own or on lower ones."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "orgnet_analytics"
FLOORS = (
    {"errors", "light_igraph", "progress"},
    {"conversions", "frames", "kept", "network", "redrawn", "text_codes", "triangles", "twomode"},
    {"loaders", "instruments", "response", "privacy", "measures", "datasets", "simulate"},
    {"inference", "tables", "catalogue"},
    {"readings"},
    {"figures"},
    {"explore", "report", "learn"},
    {"cli"},
)
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
ONLY = {"plotly": 5, "matplotlib": 5, "ipywidgets": 6}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path: Path):
    floor = FLOOR[part_of(path)]
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == PACKAGE.name and len(parts) > 1 and parts[1] in FLOOR:
            assert FLOOR[parts[1]] <= floor, f"leans on {parts[1]}, a floor above"
        assert ONLY.get(parts[0], 0) <= floor, f"{parts[0]} is for higher floors"
