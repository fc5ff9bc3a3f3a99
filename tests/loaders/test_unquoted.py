"""One meaning, two readers of bytes: what pyarrow reads of a text table is what pandas reads of it."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgnet_analytics import DataError, read_ties
from orgnet_analytics.loaders import delimited
from orgnet_analytics.loaders.delimited import read_delimited
from orgnet_analytics.loaders.unquoted import unquoted_texts

CELLS = st.lists(
    st.sampled_from(["a", "1.50", " ", "é", "NA", "\x0b", "\x85", "\u2028", "\ufeff"]), max_size=2
).map("".join)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ODD = st.lists(st.sampled_from(["a", "é", ",", ";", "\t", "\n", "\r\n", "\r", " ", '"', "\0", "#"]))


@st.composite
def tables(draw) -> str:
    width, end = draw(st.integers(1, 3)), draw(ENDS)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5))
    return end.join(map(",".join, rows)) + draw(st.sampled_from(["", end]))


def told(path: Path) -> object:
    """Return all there is to a table, or what is said of it."""
    try:
        sheet = read_delimited(path)
    except DataError as error:
        return str(error)
    return sheet and (sheet.header, sheet.header_row, sheet.rows.tolist(), sheet.cells.tolist())


@given(
    tables() | ODD.map("".join),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.sampled_from([b"", b"\xff"]),
)
@example("\na\nb", b"", b"")
@example("sep=;\na;b\n1;2", b"", b"")
@example("\ufeff,a\n1,2", b"\xef\xbb\xbf", b"")
def test_pyarrow_and_pandas_read_the_same(tmp_path_factory, text: str, mark: bytes, end: bytes):
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(mark + text.encode() + end)
    quick = told(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "unquoted_texts", lambda *_: None)
        assert told(path) == quick


def test_pyarrow_reads_what_is_plain_and_leaves_the_rest(tmp_path: Path):
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.csv"
    for text, plain in (
        ("a,b\n1,\n", True),
        ("a,b\r\né,00123\r\n", True),
        ('a,b\n"1",2\n', False),
        ("a,b\n1\n", False),
        ("a,b\n\n1,2\n", True),
    ):
        path.write_text(text, encoding="utf-8", newline="")
        assert (unquoted_texts(path, ",", 0) is not None) == plain, text


NET = """
import sys; sys.modules["pyarrow"] = None
from orgnet_analytics import read_ties
net = read_ties(sys.argv[1])
print(net.actors.index.tolist(), net.ties.to_dict("list"))
"""


def test_without_pyarrow_the_network_is_the_same(tmp_path: Path):
    path = tmp_path / "t.csv"
    rows = [f"org {i % 7},org é{i % 5},{'' if i % 3 else i},{i % 2}" for i in range(35)]
    path.write_text("source,target,weight,x\n" + "\n".join(rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", NET, str(path)], capture_output=True, check=True
    )
    net = read_ties(path)
    assert pd.isna(net.ties["weight"]).sum() == 23
    expected = f"{net.actors.index.tolist()} {net.ties.to_dict('list')}"
    assert done.stdout.decode().strip() == expected
