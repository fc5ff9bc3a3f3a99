"""The front door: every public name opens, nothing heavy comes along, an unknown name is refused."""

import subprocess
import sys

import pytest

import orgnet_analytics as ona


@pytest.mark.parametrize("name", ona.__all__)
def test_a_public_name_opens(name):
    assert getattr(ona, name).__doc__.strip()
    assert name in dir(ona)


def test_importing_brings_nothing_heavy():
    heavy = [
        "matplotlib",
        "plotly.graph_objects",
        "ipywidgets",
        "networkx",
        "sklearn",
        "scipy.stats",
        "openpyxl",
        "yaml",
        "rapidfuzz",
        "pyarrow.pandas_compat",
    ]
    code = f"import sys, orgnet_analytics; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'brokers'"):
        _ = ona.brokers
