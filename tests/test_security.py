"""What a survey can smuggle in: nothing of it runs, loads from elsewhere or eats the memory.

One test per line of the threats this library knows of, where no test of the part itself already holds it:
entities in XML, zip bombs, far cells, formula cells, sheets outside the folder (``loaders/``), links and
markup on figures (``figures/``), names on pages (``report/``) and in readings (``readings/``).
"""

import os
import pickle
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from orgnet_analytics import Codebook, DataError, OrgNetwork, TwoModeNetwork, figures
from orgnet_analytics.loaders import read_graph, read_ties, reconcile
from orgnet_analytics.loaders.names import folded

SCRIPT = "</script><script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
REMOTE = '<span style="background:url(https://example.org/x.png)">x</span>'


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize(
    "suffix",
    [
        ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".sav", ".zsav", ".por", ".dta", ".parquet",
        ".graphml", ".gexf", ".net", ".paj", ".dl", ".##h", ".pickle", ".pkl", ".gpickle", ".joblib",
    ],
)  # fmt: skip
def test_a_pickle_in_disguise_is_refused_and_never_opened(tmp_path: Path, suffix: str):
    trap = tmp_path / "it ran"
    path = tmp_path / f"t{suffix}"
    path.write_bytes(pickle.dumps(Payload(trap)))
    path.with_suffix(".##d").write_bytes(b"\0\0\0\0")
    for read in (read_ties, read_graph):
        with pytest.raises(DataError):
            read(path)
    assert not trap.exists()


@pytest.mark.parametrize(
    "text",
    [
        "actors: !!python/object/apply:os.mkdir ['{trap}']\n",
        "!!python/object/new:os.system ['mkdir {trap}']\n",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "[" * 5_000,
        "actors: " + "{a: " * 3_000,
    ],
)
def test_a_codebook_is_plain_values(tmp_path: Path, text: str):
    trap = tmp_path / "it ran"
    (tmp_path / "c.yaml").write_text(text.replace("{trap}", str(trap)), encoding="utf-8")
    with pytest.raises(DataError):
        Codebook.read(tmp_path / "c.yaml")
    assert not trap.exists()


@pytest.mark.parametrize("name", [SCRIPT, IMAGE, REMOTE])
def test_names_are_text_wherever_a_notebook_shows_them(name: str):
    ties = pd.DataFrame({"source": [name], "target": ["b"]})
    two = pd.DataFrame({"actor": [name], "event": ["b"]})
    shown = OrgNetwork.from_ties(ties, name=name)._repr_html_()
    shown += TwoModeNetwork.from_ties(two, name=name)._repr_html_()
    with pytest.raises(DataError) as caught:
        OrgNetwork(pd.DataFrame(index=["b"]), ties)
    shown += caught.value.issues.to_html()
    assert name not in shown
    assert shown.count("&lt;") >= 3


@pytest.mark.parametrize("name", [SCRIPT, IMAGE, REMOTE])
def test_names_are_text_on_a_saved_page(tmp_path: Path, name: str):
    ties = pd.DataFrame({"source": [name, "b"], "target": ["b", "c"]})
    net = OrgNetwork.from_ties(ties, name=name)
    figures.save(figures.network(net, title=name), tmp_path / "n.html")
    page = (tmp_path / "n.html").read_text(encoding="utf-8")
    assert name not in page
    assert "https://example.org" not in page.replace("&quot;", '"').split("<script")[0]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("odd", ["\u00a0", "\u200b", "\ufeff", "\u00ad", "\u2060"])
def test_spellings_nobody_can_see_are_one_name(form: str, odd: str):
    written = unicodedata.normalize(form, f"Cliëntenraad{odd} Zuid")
    actors = pd.DataFrame({"label": ["Cliëntenraad Zuid"]}, index=["CZ"])
    assert folded(written) == folded("Cliëntenraad Zuid")
    assert reconcile([written], actors)["actor"].tolist() == ["CZ"]


def test_ids_of_seventeen_digits_keep_every_digit(tmp_path: Path):
    text = "source,target,weight\n12345678901234567,12345678901234568,1\n12345678901234568,,\n"
    (tmp_path / "t.csv").write_text(text.rsplit("\n", 2)[0] + "\n", encoding="utf-8")
    net = read_ties(tmp_path / "t.csv")
    assert net.actors.index.tolist() == ["12345678901234567", "12345678901234568"]


@pytest.mark.parametrize(
    "character", ["\x01", "\x08", "\x1b", "\x7f", "\u2028", "\ufffe", "\u202e"]
)
def test_control_characters_break_no_reader_and_no_table(tmp_path: Path, character: str):
    (tmp_path / "t.csv").write_text(f"source,target\na{character}b,c\n", encoding="utf-8")
    net = read_ties(tmp_path / "t.csv")
    assert len(net.known) == 1
    assert figures.describe(figures.network(net))
