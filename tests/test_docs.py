"""Pages that are made from the code say what the code says."""

import importlib.util
import re
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path
from pkgutil import iter_modules

from orgnet_analytics import inference, measures, response, tables

DOCS = Path(__file__).parents[1] / "docs"


def test_the_measures_page_is_that_of_the_catalogue():
    spec = importlib.util.spec_from_file_location("make_measures", DOCS / "make_measures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "measures.md").read_text(encoding="utf-8") == module.page()


def public_parameters():
    """Every parameter of the measures, the response, the inference and the tables."""
    names = [found.name for found in iter_modules(measures.__path__)]
    topics = [import_module(f"orgnet_analytics.measures.{name}") for name in names]
    modules = [topic for topic in topics if hasattr(topic, "__all__")] + [inference, response]
    functions = [getattr(module, name) for module in modules for name in module.__all__]
    functions += [tables.actor_table, tables.network_table]
    return {name for one in functions if isfunction(one) for name in signature(one).parameters}


def test_every_parameter_has_its_meaning_on_the_page_and_no_other_stands_there():
    lines = (DOCS / "names.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == public_parameters()
