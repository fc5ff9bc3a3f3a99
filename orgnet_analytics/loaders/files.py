"""read_graph and write_graph: graph files of other programs, with what each cannot hold told."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from orgnet_analytics.errors import DataError, DataWarning, Issue, nearest
from orgnet_analytics.loaders.graph_parts import Graph, Parts
from orgnet_analytics.loaders.graphml import (
    CONTROL,
    read_gexf,
    read_graphml,
    write_gexf,
    write_graphml,
)
from orgnet_analytics.loaders.pajek import read_pajek, write_pajek
from orgnet_analytics.loaders.sheet import Sheet, numbers, typed
from orgnet_analytics.loaders.sheets import PathLike, Source, existing
from orgnet_analytics.loaders.ucinet import read_dl, write_dl
from orgnet_analytics.loaders.ucinet_binary import read_ucinet
from orgnet_analytics.network import Duplicates, OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ENDS_LINE = r"\x00-\x1f\x7f\x85\u2028\u2029"
REFUSED = {
    ".net": re.compile(f"[{ENDS_LINE}]"),
    ".dl": re.compile(f'["{ENDS_LINE}]'),
    ".graphml": CONTROL,
    ".gexf": CONTROL,
    ".xlsx": re.compile(r"[\x00-\x08\x0b-\x1f]"),
}


def read_graph(
    path: PathLike, *, directed: bool | None = None, duplicates: Duplicates = "error"
) -> Graph | dict[str, Graph]:
    """Return the network in a graph file; a dict of them where the file holds several.

    Parameters
    ----------
    path : path
        GraphML, GEXF, Pajek (.net, .paj), UCINET (.dl, .##h with .##d), or a .csv or .xlsx written by
        `write_graph`. The ending tells the format.
    directed : bool, optional
        Whether ties have a direction, where the format does not say (DL, csv) or says otherwise.
    duplicates : {"error", "sum", "max"}
        What to do with parallel ties.

    Returns
    -------
    OrgNetwork or TwoModeNetwork, or a dict of them by name
        Several matrices or kinds of tie are the column ``relation``.

    Raises
    ------
    DataError
        Where the file is not what its ending says, with the line; nothing else escapes.

    Warns
    -----
    DataWarning
        Where labels stood twice, so that a number was added to tell the vertices apart.
    """
    file = existing(path)
    parts = _reader(file)(file)
    for part in parts:
        if directed is not None and part.events is None and directed != part.directed:
            _turn(part, directed)
    try:
        nets = [part.built(duplicates) for part in parts]
    except DataError as error:
        listed = error.issues.to_dict("records")
        raise DataError(
            [Issue(**(i | {"where": f"{file.name}: {i['where']}"})) for i in listed]
        ) from None
    if len(nets) == 1:
        return nets[0]
    names: dict[str, Graph] = {}
    for at, net in enumerate(nets, 1):
        name = net.name or str(at)
        names[name if name not in names else f"{name} ({at})"] = net
    return names


def write_graph(net: Graph, path: PathLike) -> None:
    """Write a network; the ending of the path tells the format.

    Parameters
    ----------
    net : OrgNetwork or TwoModeNetwork
    path : path
        .graphml, .gexf, .net (Pajek), .dl (UCINET), .csv (the ties) or .xlsx (actors and ties).

    Warns
    -----
    DataWarning
        Naming what the format cannot hold: attributes, unknown dyads, a character in a name; and where the
        unknown dyads stand that another program will take for no tie.

    Notes
    -----
    xlsx, GraphML and GEXF keep every state of a dyad. In GraphML and GEXF an edge is a tie and nothing else;
    unknown dyads stand beside the actor that should have told, as the attribute ``unknown_to``, where
    `read_graph` finds them: another program sees no tie there. A text that a spreadsheet would take for a
    formula is written as text: marked so in xlsx, with a leading ``'`` in csv, which `read_graph` takes off
    again.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [2.0]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_graph(net, f"{folder}/net.graphml")
    ...     read_graph(f"{folder}/net.graphml")
    <OrgNetwork: 2 actors, 1 directed tie>
    """
    file = Path(path)
    writer = WRITERS.get(file.suffix.lower())
    if writer is None:
        raise _no_format(file, WRITERS)
    if not isinstance(net, (OrgNetwork, TwoModeNetwork)):
        raise DataError(Issue("write_graph", "wanted a network", value=type(net).__name__))
    lost = writer(net, file)
    lost += _lost_states(net, file.suffix.lower()) + _respelt(net, file.suffix.lower())
    said = list(_beside(net)) if file.suffix.lower() in (".graphml", ".gexf") else []
    if lost:
        listed = ", ".join(dict.fromkeys(lost))
        said.append(f"the format cannot hold everything; left out: {listed}")
    if said:
        warnings.warn(f"{file.name}: {'; '.join(said)}", DataWarning, stacklevel=2)


def _beside(net: Graph) -> Iterator[str]:
    """Say how many unknown dyads other programs will take for no tie, and where the file tells them."""
    many = int(net.ties["weight"].isna().sum())
    if many:
        dyads = "dyad stands" if many == 1 else "dyads stand"
        yield (
            f"{many} unknown {dyads} in the attribute 'unknown_to' of the actors, "
            "where another program sees no tie"
        )


def _lost_states(net: Graph, suffix: str) -> list[str]:
    """Return which of the three states of a dyad the format cannot tell, and how often."""
    unknown = int(net.ties["weight"].isna().sum()) if suffix == ".net" else 0
    no = int((net.ties["weight"] == 0).sum()) if suffix == ".net" else 0
    told = [f"{unknown} unknown dyads"] if unknown else []
    return told + (
        [f"{no} dyads known to be no tie though their actor did not answer"] if no else []
    )


def _respelt(net: Graph, suffix: str) -> list[str]:
    """Return the names the format has to spell otherwise."""
    refused = REFUSED.get(suffix)
    names = [*net.actors.index, *getattr(net, "events", pd.DataFrame()).index]
    names += [*getattr(net, "relations", ())]
    found = [repr(name) for name in names if refused and refused.search(name)]
    listed = " and ".join(found[:3]) + (" and others" if len(found) > 3 else "")
    return [f"the spelling of {listed}"] if found else []


def _reader(file: Path) -> Callable[[Path], list[Parts]]:
    readers: dict[str, Callable[[Path], list[Parts]]] = {
        ".graphml": read_graphml,
        ".gexf": read_gexf,
        ".net": read_pajek,
        ".paj": read_pajek,
        ".dl": lambda path: [read_dl(path)],
        ".##h": lambda path: [read_ucinet(path)],
        ".##d": lambda path: [read_ucinet(path)],
        ".csv": _read_csv,
        ".xlsx": _read_xlsx,
    }
    if file.suffix.lower() not in readers:
        raise _no_format(file, readers)
    return readers[file.suffix.lower()]


def _no_format(file: Path, known: dict[str, Any]) -> DataError:
    hint = nearest(file.suffix, known) or f"the endings are {', '.join(known)}"
    return DataError(Issue(file.name, "an unknown ending", value=file.suffix, suggestion=hint))


def _turn(part: Parts, directed: bool) -> None:
    """Give ties a direction, or take it away where each pair is told the same both ways."""
    part.directed = directed
    if directed:
        flipped = part.ties.rename(columns={"source": "target", "target": "source"})
        part.ties = pd.concat([part.ties, flipped[part.ties.columns]], ignore_index=True)
        return
    low = part.ties[["source", "target"]].min(axis=1)
    high = part.ties[["source", "target"]].max(axis=1)
    plain = part.ties.assign(source=low, target=high)
    part.ties = plain.drop_duplicates(ignore_index=True)


# tables


def _write_csv(net: Graph, file: Path) -> list[str]:
    net.ties.map(_unarmed).rename(columns=_unarmed).to_csv(file, index=False, encoding="utf-8-sig")
    ends = ["actor", "event"] if isinstance(net, TwoModeNetwork) else ["source", "target"]
    sides = [net.actors, net.events] if isinstance(net, TwoModeNetwork) else [net.actors] * 2
    named = [set(net.ties[end]) for end in ends]
    if sides[0] is sides[1] or not isinstance(net, TwoModeNetwork):
        named = [named[0] | named[1]] * 2
    alone = sum(len(set(side.index) - seen) for side, seen in zip(sides, named, strict=True))
    alone = alone if isinstance(net, TwoModeNetwork) else alone // 2
    lost = [str(column) for column in dict.fromkeys([*sides[0].columns, *sides[1].columns])]
    lost += [f"{alone} without a tie"] if alone else []
    return lost + (["that ties have no direction"] if not getattr(net, "directed", True) else [])


def _unarmed(value: Any) -> Any:
    """Return a text no spreadsheet takes for a formula; a text that starts with ' gets another."""
    armed = isinstance(value, str) and (value.startswith(FORMULA) or value.startswith("'"))
    return f"'{value}" if armed else value


def _rearmed(value: str) -> str:
    return value[1:] if value.startswith("'") else value


def _read_csv(file: Path) -> list[Parts]:
    return [_tables(Source(file).sheet(), None, None, _rearmed)]


def _write_xlsx(net: Graph, file: Path) -> list[str]:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    tables = {"actors": net.actors}
    if isinstance(net, TwoModeNetwork):
        tables["events"] = net.events
    named = {key: table.rename_axis("id").reset_index() for key, table in tables.items()}
    about = pd.DataFrame({"name": [net.name], "directed": [getattr(net, "directed", True)]})
    for title, table in (named | {"ties": net.ties, "about": about}).items():
        sheet = book.create_sheet(title)
        sheet.append([_cell(sheet, str(column)) for column in table.columns])
        for row in table.astype(object).itertuples(index=False, name=None):
            sheet.append([_cell(sheet, value) for value in row])
    book.save(file)
    return []


def _cell(sheet: Any, value: Any) -> Any:
    """Return a cell; a text is marked as text, so that none is taken for a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or value != value:
        return WriteOnlyCell(sheet)
    if isinstance(value, (bool, int, float)) or hasattr(value, "item"):
        return WriteOnlyCell(sheet, value.item() if hasattr(value, "item") else value)
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))
    cell.data_type = "s"
    return cell


def _read_xlsx(file: Path) -> list[Parts]:
    source = Source(file)
    about = source.sheet("about")
    events = None
    ties = source.sheet("ties")
    if "event" in ties.header:
        events = source.sheet("events")
    parts = _tables(ties, source.sheet("actors"), events, str)
    parts.ties = _truths(parts.ties)
    told = {
        heading: about.cells[0, at] for at, heading in enumerate(about.header) if len(about.cells)
    }
    parts.name = told.get("name", "")
    parts.directed = told.get("directed", "TRUE") != "FALSE"
    return [parts]


def _tables(
    ties: Sheet, actors: Sheet | None, events: Sheet | None, texts: Callable[[str], str]
) -> Parts:
    frame = pd.DataFrame(
        {texts(h): _kept(ties.series(at), texts) for at, h in enumerate(ties.header)}
    )
    two = "event" in frame and "actor" in frame
    frame = frame.rename(columns={"actor": "source", "event": "target"}) if two else frame
    missing = [end for end in ("source", "target") if end not in frame]
    if missing:
        raise DataError([Issue(ties.name, "the column is missing", 1, end) for end in missing])
    for end in ("source", "target"):
        at = list(frame.columns).index(end)
        frame[end] = ties.series(at).map(texts).astype("str")
    if "weight" in frame:
        frame["weight"] = numbers(ties.series(list(frame.columns).index("weight")))
    frame = frame.reset_index(drop=True)
    if actors is None:
        first = frame["source"] if two else pd.concat([frame["source"], frame["target"]])
        table = pd.DataFrame(index=pd.Index(first.drop_duplicates(), dtype="str", name=None))
        seen = frame["target"].drop_duplicates()
        second = pd.DataFrame(index=pd.Index(seen, dtype="str", name=None)) if two else None
    else:
        table, second = _indexed(actors), None if events is None else _indexed(events)
    return Parts(table, frame, True, "", second)


def _kept(column: pd.Series, texts: Callable[[str], str]) -> pd.Series:
    return typed(column).map(lambda v: texts(v) if isinstance(v, str) else v)


def _indexed(sheet: Sheet) -> pd.DataFrame:
    found: list[Issue] = []
    ids = sheet.column("id", found)
    if ids is None:
        raise DataError(found)
    table = {
        h: typed(sheet.series(at)).to_numpy() for at, h in enumerate(sheet.header) if h != "id"
    }
    frame = pd.DataFrame(table, index=pd.Index(ids.to_numpy(), dtype="str"))
    return _truths(frame)


def _truths(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the columns of which every cell is true or false as such."""
    plain = [c for c in frame if len(frame) and frame[c].isin(["TRUE", "FALSE"]).all()]
    return frame.assign(**{c: frame[c] == "TRUE" for c in plain})


WRITERS: dict[str, Callable[[Any, Path], list[str]]] = {
    ".graphml": write_graphml,
    ".gexf": write_gexf,
    ".net": write_pajek,
    ".dl": write_dl,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}
