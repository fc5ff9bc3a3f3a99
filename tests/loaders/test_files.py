"""Graph files: what is written comes back, and what a format cannot hold is told."""

import contextlib
import json
import struct
import warnings
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, DataWarning, OrgNetwork, TwoModeNetwork
from orgnet_analytics.loaders import read_graph, write_graph

NAMES = ["00123", "NA", "None", "<b>x</b>", '"quoted" \\ name', "Café ; 't Hoekje", "=1+1", "a,b"]


@pytest.fixture
def net() -> OrgNetwork:
    actors = pd.DataFrame(
        {
            "sector": ["care", "care", "NA", "x", "y", "z", "@w", "v"],
            "size": [1, 2, 3, 4, 5, 6, 7, 8],
            "share": [0.5, float("nan"), 1, 2, 3, 4, 5, 6],
            "code": ["007"] * 8,
            "responded": [True] * 6 + [False, True],
            "public": [True, False] * 4,
        },
        index=NAMES,
    )
    ties = pd.DataFrame(
        {
            "source": [*NAMES[:5], "NA"],
            "target": [*NAMES[1:6], "00123"],
            "relation": ["info"] * 3 + ["help"] * 3,
            "weight": [1, 2.5, float("nan"), 3, 1, 0.1],
        }
    )
    return OrgNetwork(actors, ties, name="Zorg & welzijn")


def back(net: Any, path: Path, **keys: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        write_graph(net, path)
        return read_graph(path, **keys)


def cells(net: OrgNetwork) -> list[tuple[object, ...]]:
    columns = ["source", "target", *(["relation"] if net.relations else [])]
    frame = net.known[[*columns, "weight"]].astype({"weight": float})
    return sorted(frame.astype(object).itertuples(index=False, name=None))


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".xlsx"])
def test_formats_that_keep_everything(net: OrgNetwork, tmp_path: Path, suffix: str):
    again = back(net, tmp_path / f"n{suffix}")
    assert again.actors.index.tolist() == NAMES
    assert cells(again) == cells(net)
    assert again.directed
    assert again.name == net.name
    assert again.relations == net.relations
    assert again.ties["weight"].isna().sum() == 1
    for column in ("sector", "size", "code", "responded", "public"):
        assert again.actors[column].tolist() == net.actors[column].tolist(), column
    assert again.actors["share"].isna().sum() == 1


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_an_edge_is_a_tie_in_every_program(net: OrgNetwork, tmp_path: Path, suffix: str):
    """Who opens the file elsewhere sees the known ties, and beside the actor what nobody knows."""
    path = tmp_path / f"n{suffix}"
    with pytest.warns(DataWarning, match=r"1 unknown dyad stands in the attribute 'unknown_to'"):
        write_graph(net, path)
    graph = nx.read_graphml(path) if suffix == ".graphml" else nx.read_gexf(path)
    assert graph.number_of_edges() == len(net.known)
    silent = net.ties.loc[net.ties["weight"].isna()].iloc[0]
    assert not graph.has_edge(silent["source"], silent["target"])
    told = graph.nodes[silent["source"]]["unknown_to"]
    assert json.loads(told) == {silent["relation"]: [silent["target"]]}
    assert sum("unknown_to" in data for _, data in graph.nodes(data=True)) == 1
    if suffix == ".graphml":
        other = igraph.Graph.Read_GraphML(str(path))
        assert other.ecount() == len(net.known)
        assert [text for text in other.vs["unknown_to"] if text] == [told]


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
@pytest.mark.parametrize("directed", [True, False])
def test_every_state_of_every_dyad_comes_back(tmp_path: Path, suffix: str, directed: bool):
    """Also what is known to be no tie of an actor that did not answer."""
    actors = pd.DataFrame({"responded": [True, False, True, False]}, index=[*"abcd"])
    ties = pd.DataFrame({"source": [*"abcb"], "target": [*"bcdd"], "weight": [1.5, 0, None, 0]})
    net = OrgNetwork(actors, ties, directed)
    again = back(net, tmp_path / f"n{suffix}")
    pd.testing.assert_frame_equal(again.to_matrix(), net.to_matrix())
    assert list(again.actors) == ["responded"]
    assert again.directed is directed
    empty = OrgNetwork(actors, ties.iloc[2:3], directed)
    found = back(empty, tmp_path / f"e{suffix}")
    pd.testing.assert_frame_equal(found.to_matrix(), empty.to_matrix())


@pytest.mark.parametrize("text", ["[1]", "{", "3", '{"x": "b"}', '[["b"]]'])
def test_a_list_beside_an_actor_that_is_none_is_told(tmp_path: Path, text: str):
    graph = nx.DiGraph([("a", "b")])
    graph.nodes["a"]["unknown_to"] = text
    nx.write_graphml(graph, tmp_path / "n.graphml")
    with pytest.raises(DataError, match="wanted a list of names as text"):
        read_graph(tmp_path / "n.graphml")


@pytest.mark.parametrize("suffix", [".net", ".dl"])
def test_formats_that_keep_names_and_weights(net: OrgNetwork, tmp_path: Path, suffix: str):
    path = tmp_path / f"n{suffix}"
    with pytest.warns(DataWarning, match="left out: sector, size, share, code, responded, public"):
        write_graph(net, path)
    again = read_graph(path)
    assert isinstance(again, OrgNetwork)
    plain = [name.replace('"', "'") if suffix == ".dl" else name for name in NAMES]
    assert again.actors.index.tolist() == plain
    assert [row[2:] for row in cells(again)] == [row[2:] for row in cells(net)]
    assert again.relations == net.relations


@pytest.mark.parametrize(
    ("suffix", "name"),
    [(".dl", 'the "Hub"'), (".net", "two\nlines"), (".graphml", "a\x01"), (".xlsx", "a\r\nb")],
)
def test_a_name_that_has_to_be_spelt_otherwise_is_told(tmp_path: Path, suffix: str, name: str):
    net = OrgNetwork.from_ties(pd.DataFrame({"source": [name], "target": ["x"]}))
    with pytest.warns(DataWarning, match="left out: the spelling of") as told:
        write_graph(net, tmp_path / f"n{suffix}")
    assert str(told[0].message).endswith(repr(name))
    assert read_graph(tmp_path / f"n{suffix}").actors.index[0] != name


def test_pajek_counts_the_unknown_it_leaves_out(net: OrgNetwork, tmp_path: Path):
    with pytest.warns(DataWarning, match="1 unknown dyads"):
        write_graph(net, tmp_path / "n.net")


@pytest.mark.parametrize("suffix", [".net"])
def test_a_no_that_the_format_cannot_hold_is_counted(tmp_path: Path, suffix: str):
    actors = pd.DataFrame({"responded": [True, False]}, index=["a", "b"])
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "weight": [1.0, 0.0]})
    with pytest.warns(DataWarning, match="1 dyads known to be no tie"):
        write_graph(OrgNetwork(actors, ties), tmp_path / f"n{suffix}")
    write_graph(OrgNetwork(actors, ties), tmp_path / "n.xlsx")
    again = read_graph(tmp_path / "n.xlsx")
    assert isinstance(again, OrgNetwork)
    assert again.to_matrix().to_numpy().tolist() == [[0, 1], [0, 0]]


def test_dl_keeps_the_unknown(net: OrgNetwork, tmp_path: Path):
    info = back(net, tmp_path / "n.dl").relation("info").to_matrix()
    assert pd.isna(info.loc["None", "<b>x</b>"])


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".xlsx"])
def test_undirected_stays_undirected(tmp_path: Path, suffix: str):
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [1.0, 2.0]})
    net = OrgNetwork.from_ties(ties, directed=False)
    again = back(net, tmp_path / f"n{suffix}")
    assert not again.directed
    assert cells(again) == cells(net)


@pytest.mark.parametrize("suffix", [".dl", ".csv"])
def test_undirected_is_told_where_the_format_cannot(tmp_path: Path, suffix: str):
    net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}), directed=False)
    with pytest.warns(DataWarning, match="no direction"):
        write_graph(net, tmp_path / f"n{suffix}")
    again = read_graph(tmp_path / f"n{suffix}", directed=False)
    assert isinstance(again, OrgNetwork)
    assert cells(again) == [("a", "b", 1.0)]


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".dl", ".csv", ".xlsx"])
def test_two_mode(tmp_path: Path, suffix: str):
    ties = pd.DataFrame(
        {"actor": ["NA", "00123", "NA"], "event": ["x y", "x y", "z"], "weight": [1.0, 2.0, 3.0]}
    )
    two = TwoModeNetwork.from_ties(ties)
    again = back(two, tmp_path / f"n{suffix}")
    assert isinstance(again, TwoModeNetwork)
    wanted = two.to_matrix()
    assert again.to_matrix().loc[wanted.index, wanted.columns].equals(wanted)


def test_csv_is_safe_in_a_spreadsheet_and_comes_back(net: OrgNetwork, tmp_path: Path):
    ties = pd.DataFrame(
        {
            "source": ["=cmd()", "'a", "-b"],
            "target": ["x", "@y", "+z"],
            "why": ["=1", "b", "c"],
            "n": [-1, 2, 3],
        }
    )
    path = tmp_path / "n.csv"
    write_graph(OrgNetwork.from_ties(ties), path)
    for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
        assert not any(cell.startswith(("=", "@", "+")) for cell in line.split(","))
    again = read_graph(path)
    assert isinstance(again, OrgNetwork)
    assert (
        again.ties[["source", "target", "why", "n"]].to_numpy().tolist() == ties.to_numpy().tolist()
    )


def test_xlsx_holds_no_formula(net: OrgNetwork, tmp_path: Path):
    write_graph(net, tmp_path / "n.xlsx")
    book = openpyxl.load_workbook(tmp_path / "n.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    assert book["actors"]["A8"].value == "=1+1"


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".dl", ".xlsx"])
def test_a_network_without_ties(tmp_path: Path, suffix: str):
    net = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), ["a", "b"])
    again = back(net, tmp_path / f"n{suffix}")
    assert again.actors.index.tolist() == ["a", "b"]
    assert len(again.known) == 0


def test_control_characters_do_not_break_a_file(tmp_path: Path):
    ties = pd.DataFrame({"source": ["a\x01b"], "target": ["c\nd"]})
    for suffix in (".graphml", ".gexf", ".net", ".dl", ".xlsx", ".csv"):
        again = back(OrgNetwork.from_ties(ties), tmp_path / f"n{suffix}")
        assert len(again.known) == 1, suffix


def test_an_unknown_ending_is_told(net: OrgNetwork, tmp_path: Path):
    with pytest.raises(DataError, match=r"did you mean '\.graphml'"):
        write_graph(net, tmp_path / "n.graphm")
    (tmp_path / "n.pickle").write_bytes(b"\x80\x04.")
    with pytest.raises(DataError, match="an unknown ending"):
        read_graph(tmp_path / "n.pickle")


# Pajek

PAJEK = """*Network Try
% a comment
*Vertices 5
1 "Same name" 0.1 0.2 0.5 box ic Red
2 "Same name"
3 plain
4 "with \\"quotes\\""
*Arcs :1 "info"
1 2 2.5 c Blue
2 3
*Edges :2 "help"
3 4 1 l "label"
*Arcslist :1 "info"
4 1 2 3
"""


def test_pajek_with_everything(tmp_path: Path):
    (tmp_path / "n.net").write_text(PAJEK, encoding="utf-8")
    with pytest.warns(DataWarning, match="2 labels were blank or stood twice"):
        net = read_graph(tmp_path / "n.net")
    assert isinstance(net, OrgNetwork)
    ids = ["Same name (1)", "Same name (2)", "plain", 'with "quotes"', "5"]
    assert net.actors.index.tolist() == ids
    assert net.actors["label"].tolist()[:2] == ["Same name", "Same name"]
    assert net.relations == ("info", "help")
    assert cells(net.relation("help")) == [
        ("plain", ids[3], "help", 1.0), (ids[3], "plain", "help", 1.0),
    ]  # fmt: skip
    info = net.relation("info").to_matrix().to_numpy()
    assert info.tolist()[:4] == [
        [0, 2.5, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0], [1, 1, 1, 0, 0],
    ]  # fmt: skip


def test_pajek_two_mode_matrix_and_partition(tmp_path: Path):
    text = "*Network Two\n*Vertices 5 2\n1 a\n2 b\n3 x\n4 y\n5 z\n*Matrix\n1 0 2\n0 1 0\n"
    (tmp_path / "n.net").write_text(text, encoding="utf-8")
    two = read_graph(tmp_path / "n.net")
    assert isinstance(two, TwoModeNetwork)
    assert two.to_matrix().to_numpy().tolist() == [[1, 0, 2], [0, 1, 0]]


def test_pajek_project(tmp_path: Path):
    text = (
        "*Network one\n*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n"
        "*Network two\n*Vertices 3\n*Arcslist\n1 2 3\n"
        "*Partition sector\n*Vertices 3\n4\n5\n4\n"
    )
    (tmp_path / "p.paj").write_text(text, encoding="utf-8")
    nets = read_graph(tmp_path / "p.paj")
    assert isinstance(nets, dict)
    assert list(nets) == ["one", "two"]
    assert isinstance(nets["one"], OrgNetwork)
    assert not nets["one"].directed
    assert nets["two"].actors["sector"].tolist() == [4, 5, 4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 2 3", "row 1: no Pajek heading"),
        ("*Vertices x", "wanted a whole number"),
        ("*Vertices 2\n*Arcs\n1 9", r"row 3: the vertices are 1 to 2: '9'"),
        ("*Vertices 2\n*Arcs\n1", "wanted two vertices"),
        ("*Arcs\n1 2", "no \\*Vertices"),
        ("*Vertices 999999999", "too large"),
        ("*Vertices 2\n*Matrix\n1 2 3\n", "wanted a row of 2 cells"),
        ("*Network only\n", "no Pajek network"),
        ("*Vertices 2\n*Arcs\n1 2 -3", "0 or more"),
    ],
)
def test_pajek_that_cannot_be(tmp_path: Path, text: str, said: str):
    (tmp_path / "n.net").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_graph(tmp_path / "n.net")


# UCINET


@pytest.mark.parametrize(
    "text",
    [
        'dl n=3 format=fullmatrix\nlabels:\n"a b",c,d\ndata:\n0 1 0\n0 0 2\n0 0 0\n',
        "DL N = 3\nFORMAT = FULLMATRIX DIAGONAL PRESENT\nLABELS EMBEDDED\nDATA:\n"
        '"a b" c d\n"a b" 0 1 0\nc 0 0 2\nd 0 0 0',
        'dl n=3 format=fullmatrix diagonal=absent labels:\n"a b" c d\ndata:\n1 0\n0 2\n0 0\n',
        'dl n=3, format = edgelist1\nlabels:\n"a b"\nc\nd\ndata:\n1 2 1\n2 3 2\n',
        'dl n=3 format=edgelist1\nlabels embedded:\ndata:\n"a b" c\nc d 2\n',
    ],
)
def test_dl_in_many_spellings(tmp_path: Path, text: str):
    (tmp_path / "n.dl").write_text(text, encoding="utf-8")
    net = read_graph(tmp_path / "n.dl")
    assert isinstance(net, OrgNetwork)
    assert cells(net) == [("a b", "c", 1.0), ("c", "d", 2.0)]


def test_dl_halves_lists_and_levels(tmp_path: Path):
    def read(text: str) -> Any:
        (tmp_path / "n.dl").write_text(text, encoding="utf-8")
        return read_graph(tmp_path / "n.dl")

    half = read("dl n=3 format=lowerhalf diagonal absent\ndata:\n1\n0 4\n")
    assert not half.directed
    assert cells(half) == [("1", "2", 1.0), ("2", "3", 4.0)]
    assert cells(read("dl n=3 format=upperhalf\ndata:\n0 1 0\n0 4\n0\n")) == cells(half)
    nodes = read("dl n=3 format=nodelist1\nlabels:\nx,y,z\ndata:\n1 2 3\n3 1\n")
    assert cells(nodes) == [("x", "y", 1.0), ("x", "z", 1.0), ("z", "x", 1.0)]
    levels = read("dl n=2 nm=2\nlabels: a b\nmatrix labels: info help\ndata:\n0 1\n0 0\n0 0\n3 0\n")
    assert cells(levels) == [("a", "b", "info", 1.0), ("b", "a", "help", 3.0)]
    two = read("dl nr=2 nc=3\nrow labels: a b\ncol labels: x y z\ndata:\n1 0 NA\n0 2 0\n")
    assert two.to_matrix().fillna(9).to_numpy().tolist() == [[1, 0, 9], [0, 2, 0]]
    listed = read(
        "dl nr=2 nc=2 format=edgelist2\nrow labels embedded\ncolumn labels embedded\ndata:\na x 2\nb x\n"
    )
    assert listed.to_matrix().to_numpy().tolist() == [[2], [1]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n=3", "not a DL file"),
        ("dl data:\n1", "the size is missing"),
        ("dl n=2\ndata:\n0 1\n0", "end too soon"),
        ("dl n=2\ndata:\n0 1\n0 0 5", "more data"),
        ("dl n=2\ndata:\n0 x\n0 0", "matrix 1, row 1: wanted a number: 'x'"),
        ("dl n=2\nlabels:\na b c\ndata:\n0 1\n0 0", "3 labels for 2"),
        ("dl n=99999999\ndata:\n0", "too large"),
        ("dl n=2 format=rankedlist1\ndata:\n1 2", "an unknown format"),
        ("dl n=2 format=edgelist1\ndata:\n1 9", "row 3: the numbers are 1 to 2"),
    ],
)
def test_dl_that_cannot_be(tmp_path: Path, text: str, said: str):
    (tmp_path / "n.dl").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_graph(tmp_path / "n.dl")


def ucinet(
    folder: Path, version: str, cells: list[float], sizes: list[int], labels: list[list[str]]
) -> Path:
    """Write a pair as UCINET does: columns, rows and levels, then the labels of each."""
    letter = "i" if version == "V6404" else "h"
    head = struct.pack("<B", len(version)) + version.encode()
    head += struct.pack("<5hbh", 15, 7, 26, 1, 3, 7, len(sizes))
    head += struct.pack(f"<{len(sizes)}{letter}", *sizes)
    head += struct.pack("<B", 4) + b"name"
    head += bytes(bool(names) for names in labels)
    for names in labels:
        for name in names:
            text = name.encode("utf-16-le")
            head += struct.pack("<H", len(text)) + text
    (folder / "n.##h").write_bytes(head)
    (folder / "n.##d").write_bytes(struct.pack(f"<{len(cells)}f", *cells))
    return folder / "n.##h"


@pytest.mark.parametrize("version", ["V6404", "DATE:"])
def test_ucinet_pair(tmp_path: Path, version: str):
    names = ["Zorg é", "NA"]
    path = ucinet(tmp_path, version, [0, 1, 1e38, 0], [2, 2], [names, names])
    net = read_graph(path)
    assert isinstance(net, OrgNetwork)
    assert net.name == "name"
    assert net.actors.index.tolist() == names
    assert cells(net) == [("Zorg é", "NA", 1.0)]
    assert pd.isna(net.to_matrix().loc["NA", "Zorg é"])


def test_ucinet_levels_and_two_mode(tmp_path: Path):
    path = ucinet(
        tmp_path,
        "V6404",
        [0, 1, 0, 0, 0, 0, 2, 0],
        [2, 2, 2],
        [["a", "b"], ["a", "b"], ["info", "help"]],
    )
    net = read_graph(path)
    assert isinstance(net, OrgNetwork)
    assert cells(net) == [("a", "b", "info", 1.0), ("b", "a", "help", 2.0)]
    two = read_graph(ucinet(tmp_path, "V6404", [1, 0, 2], [3, 1], [["x", "y", "z"], ["a"]]))
    assert isinstance(two, TwoModeNetwork)
    assert two.to_matrix().to_numpy().tolist() == [[1, 0, 2]]


def test_ucinet_cut_short(tmp_path: Path):
    path = ucinet(tmp_path, "V6404", [0, 1, 0], [2, 2], [["a", "b"], ["a", "b"]])
    with pytest.raises(DataError, match="wanted 16 bytes"):
        read_graph(path)
    path.write_bytes(path.read_bytes()[:30])
    with pytest.raises(DataError, match="ends too soon"):
        read_graph(path)
    (tmp_path / "n.##d").unlink()
    with pytest.raises(DataError, match="a pair of two"):
        read_graph(path)


# XML

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a SYSTEM "file:///etc/passwd">]><graphml>&a;</graphml>'


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_entities_are_refused(tmp_path: Path, suffix: str, text: str):
    (tmp_path / f"n{suffix}").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="declares entities"):
        read_graph(tmp_path / f"n{suffix}")


def test_every_graph_of_a_graphml_file(tmp_path: Path):
    head = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    graph = '<graph id="{}" edgedefault="{}"><node id="a"/><node id="b"/>'
    graph += '<edge source="a" target="b"/></graph>'
    text = head + graph.format("one", "directed") + graph.format("two", "undirected") + "</graphml>"
    (tmp_path / "n.graphml").write_text(text, encoding="utf-8")
    nets = read_graph(tmp_path / "n.graphml")
    assert isinstance(nets, dict)
    assert [net.directed for net in nets.values() if isinstance(net, OrgNetwork)] == [True, False]


def test_files_other_programs_wrote(tmp_path: Path):
    graph = nx.karate_club_graph()
    nx.write_graphml(graph, tmp_path / "k.graphml")
    nx.write_gexf(graph, tmp_path / "k.gexf")
    nx.write_pajek(graph, tmp_path / "k.net")
    for name in ("k.graphml", "k.gexf", "k.net"):
        net = read_graph(tmp_path / name)
        assert isinstance(net, OrgNetwork)
        assert (len(net), len(net.known), net.directed) == (34, 78, False), name
        assert net.known["weight"].sum() == 231, name


@pytest.mark.parametrize(
    "suffix", [".graphml", ".gexf", ".net", ".paj", ".dl", ".##h", ".csv", ".xlsx"]
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(max_size=80), st.text(max_size=80).map(lambda t: t.encode("utf-8", "replace"))
    )
)
def test_only_data_errors_escape(tmp_path: Path, suffix: str, content: bytes):
    path = tmp_path / f"n{suffix}"
    path.write_bytes(content)
    if suffix == ".##h":
        (tmp_path / "n.##d").write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        with contextlib.suppress(DataError):
            read_graph(path)


SAFE = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters='"&\ufffe\uffff',
    ),
    min_size=1,
    max_size=8,
).filter(lambda t: t.strip() == t)


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".dl", ".xlsx"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_network_comes_back(tmp_path: Path, suffix: str, data: st.DataObject):
    names = data.draw(st.lists(SAFE, min_size=2, max_size=5, unique=True))
    pairs = [(a, b) for a in names for b in names if a != b]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1))
    weights = data.draw(
        st.lists(st.sampled_from([0.5, 1.0, 7.25, 1e6]), min_size=len(chosen), max_size=len(chosen))
    )
    ties = pd.DataFrame(chosen, columns=["source", "target"]).assign(weight=weights)
    net = OrgNetwork.from_ties(ties, names)
    again = back(net, tmp_path / f"n{suffix}")
    assert again.actors.index.tolist() == names
    assert cells(again) == cells(net)
