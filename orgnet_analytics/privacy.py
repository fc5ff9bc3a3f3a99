"""Privacy: pseudonyms under a key, groups too small to show, and who could be recognized."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.loaders.names import folded, split_names
from orgnet_analytics.network import OrgNetwork

Table = NDArray[np.float64]

NAMED = ("label", "aliases")
SMALLEST = 3
LETTERS = 12


def pseudonyms(ids: Iterable[str], key: str | bytes) -> pd.Series:
    """Return the pseudonym of each id under the key: the same id and key give the same one.

    Parameters
    ----------
    ids : iterable of str
        The ids of a roster.
    key : str or bytes
        Keep it apart from the data. A short key can be guessed by trying: take ``secrets.token_hex(16)``.

    Returns
    -------
    pandas.Series
        Index the ids, values the pseudonyms: ``org-`` and the first 12 hexadecimal digits of HMAC-SHA256.
        Turned round, this table is what leads back from a pseudonym to a name.

    Raises
    ------
    DataError
        Where the key is empty.

    Examples
    --------
    >>> pseudonyms(["clinic", "homes"], "a key of your own").tolist()
    ['org-dae6e56128d5', 'org-f627e81ffa86']
    """
    if not key:
        raise DataError(Issue("key", "the key is empty", suggestion="secrets.token_hex(16)"))
    secret = key.encode() if isinstance(key, str) else key
    names = [str(i) for i in ids]
    digests = [hmac.new(secret, name.encode(), hashlib.sha256).hexdigest() for name in names]
    coded = [f"org-{digest[:LETTERS]}" for digest in digests]
    return pd.Series(coded, index=pd.Index(names, dtype="str"), name="pseudonym", dtype="str")


def pseudonymize(net: OrgNetwork, key: str | bytes, *, keep: Sequence[str] = ()) -> OrgNetwork:
    """Replace the names of the organizations by pseudonyms that only the holder of the key can undo.

    Parameters
    ----------
    net : OrgNetwork
        Any number of relations.
    key : str or bytes
        As in `pseudonyms`. The same key over several waves gives an organization the same pseudonym.
    keep : sequence of str
        Columns of ``actors`` to keep although they look like names.

    Returns
    -------
    OrgNetwork
        Actors stand in the order of their pseudonyms, as the old order (alphabet, roster) would give them
        away. Left out: text columns in which every actor has a value of its own (labels, addresses), or that
        name an actor (who leads it, who it merged with), the columns ``label`` and ``aliases``, every column
        of ``ties`` but ``relation`` and ``weight``, and the old notes, which may name organizations. The new
        notes count what was left out.

    Raises
    ------
    DataError
        Where the key is empty.
    UndefinedError
        Where ``keep`` names a column there is not.

    Notes
    -----
    Pseudonyms are not anonymity: who knows the field may recognize an organization by its sector, kind
    and number of ties (see `reidentification`). Small networks can be recognized by their shape alone.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"label": ["The Clinic", "Homes"], "rank": [1, 2]}, index=["clinic", "homes"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["clinic"], "target": ["homes"]}))
    >>> pseudonymize(net, "a key of your own").actors
                      rank
    org-dae6e56128d5     1
    org-f627e81ffa86     2
    """
    for column in keep:
        net.column(column)
    code, actors = pseudonyms(net.actors.index, key), net.actors
    called = _called(actors)
    telling = [c for c in actors if c not in keep and _tells_names(actors[c], str(c), called)]
    actors = actors.drop(columns=telling)
    actors.index = pd.Index(code.loc[actors.index].to_numpy(), dtype="str")
    ties = net.ties
    kept = [c for c in ("source", "target", "relation", "weight") if c in ties]
    dropped = ties.shape[1] - len(kept)
    ties = ties[kept].assign(**{end: ties[end].map(code) for end in ("source", "target")})
    ties = ties.sort_values([c for c in kept if c != "weight"], ignore_index=True)
    note = f"pseudonymized; left out: {len(telling)} columns of actors, {dropped} of ties"
    notes = (f"{note}, {len(net.notes)} notes",)
    return OrgNetwork(actors.sort_index(), ties, net.directed, net.name, notes)


def _called(actors: pd.DataFrame) -> set[str]:
    """Return everything the organizations are called, folded."""
    columns = [actors[c].dropna() for c in NAMED if c in actors]
    texts = [actors.index, *columns]
    return {folded(name) for text in texts for cell in text for name in split_names(str(cell))}


def _tells_names(values: pd.Series, column: str, called: set[str]) -> bool:
    """Return whether a column holds names: of each actor its own, or of some actor anywhere."""
    if column in NAMED:
        return True
    told = values.dropna()
    if pd.api.types.is_numeric_dtype(values.dtype) or told.empty:
        return False
    named = (folded(name) in called for cell in told for name in split_names(str(cell)))
    return (len(values) > 1 and told.is_unique) or any(named)


def reveal(net: OrgNetwork, key: str | bytes, ids: Iterable[str]) -> OrgNetwork:
    """Give a pseudonymized network its ids back: needs the key and the roster of ids.

    Raises
    ------
    DataError
        Listing the pseudonyms that no id of the roster has under this key.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["clinic"], "target": ["homes"]}))
    >>> hidden = pseudonymize(net, "a key of your own")
    >>> reveal(hidden, "a key of your own", ["clinic", "homes"]).ties["source"].tolist()
    ['clinic']
    """
    code = pseudonyms(ids, key)
    names = pd.Series(code.index, index=pd.Index(code), dtype="str")
    names = names[~names.index.duplicated()]
    actors, ties = net.actors, net.ties
    strange = actors.index.difference(names.index)
    if len(strange):
        raise DataError(Issue("actors", "nobody on the roster has it", i, value=i) for i in strange)
    actors.index = pd.Index(names.loc[actors.index].to_numpy(), dtype="str")
    ties = ties.assign(**{end: ties[end].map(names) for end in ("source", "target")})
    return OrgNetwork(actors, ties, net.directed, net.name, net.notes)


def suppress(
    table: pd.DataFrame | pd.Series, smallest: int = SMALLEST, *, count: str | None = None
) -> pd.DataFrame | pd.Series:
    """Blank what rests on fewer than ``smallest`` organizations, and what would give it away.

    Parameters
    ----------
    table : pandas.DataFrame or pandas.Series
        Without ``count``: a table of counts, without its totals. With ``count``: one row per group.
    smallest : int
        Smallest group to show; 3 is this library's own choice, which you may raise.
    count : str, optional
        The column with the number of organizations behind each row.

    Returns
    -------
    pandas.DataFrame or pandas.Series
        The same shape; NaN where suppressed. Of counts, 1 to ``smallest`` - 1 are blanked. Then, because a
        single blank follows from the total of its row or column, further cells are blanked, the smallest
        first, until in each row and column at least two are blank and together they hold ``smallest``
        organizations or more, and every blank lies on a circle of blanks. Groups go as a whole, in the same
        way: the total is taken to be known.

    Raises
    ------
    DataError
        Where a count is no whole number of 0 or more, or ``smallest`` is below 2.
    UndefinedError
        Where there is no column ``count``.

    Notes
    -----
    A count of 0 is shown: it names nobody. If a row cannot reach ``smallest`` at all, its total is itself a
    small group: do not publish that total. Checked by trying: no total gives a blank cell away.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.DataFrame({"care": [9, 1, 5], "police": [4, 6, 8]}, index=["north", "south", "west"])
    >>> suppress(counts)
           care  police
    north   9.0     4.0
    south   NaN     NaN
    west    NaN     NaN
    """
    if smallest < 2:
        raise DataError(Issue("smallest", "wanted 2 or more", value=smallest))
    if count is None:
        return _suppressed_counts(table, smallest)
    if count not in table:
        choices = ", ".join(repr(str(column)) for column in table)
        raise UndefinedError(f"The table has no column {count!r}; it has {choices}.")
    numbers = _counts(table[[count]])
    blank = _blanked(numbers, smallest)[:, 0]
    return table.mask(np.repeat(blank[:, None], table.shape[1], axis=1))


def _suppressed_counts(table: pd.DataFrame | pd.Series, smallest: int) -> pd.DataFrame | pd.Series:
    frame = table.to_frame() if isinstance(table, pd.Series) else table
    blank = _blanked(_counts(frame), smallest)
    found = frame.astype(float).mask(blank)
    return found.iloc[:, 0].rename(table.name) if isinstance(table, pd.Series) else found


def _counts(table: pd.DataFrame) -> Table:
    numbers: Table = table.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    wrong = ~((numbers >= 0) & (numbers == np.floor(numbers)))
    if wrong.any():
        raise DataError(
            Issue("table", "wanted a count", table.index[i], str(table.columns[j]), table.iat[i, j])
            for i, j in np.argwhere(wrong)
        )
    return numbers


def _blanked(counts: Table, smallest: int) -> NDArray[np.bool_]:
    """Return which cells to blank: the small ones, and enough others to keep those from following."""
    blank = (counts > 0) & (counts < smallest)
    before = -1
    while blank.sum() > before:
        before = blank.sum()
        for row in range(len(counts)):
            _cover(counts[row], blank[row], np.array(blank.any(axis=0)), smallest)
        for column in range(counts.shape[1]):
            _cover(counts[:, column], blank[:, column], np.array(blank.any(axis=1)), smallest)
        if min(counts.shape) > 1:
            _close_circle(counts, blank)
    return blank


def _cover(
    line: Table, hidden: NDArray[np.bool_], crossed: NDArray[np.bool_], smallest: int
) -> None:
    """Blank further cells of one row or column: where another blank crosses, then the smallest first."""
    if len(line) < 2 or not hidden.any():
        return
    for cell in np.lexsort((line, ~crossed, line == 0)):
        if hidden.sum() >= 2 and line[hidden].sum() >= smallest:
            return
        hidden[cell] = True


def _close_circle(counts: Table, blank: NDArray[np.bool_]) -> None:
    """Blank one more cell where a blank one lies on no circle of blanks: it would follow from totals.

    Rows and columns are the points of a graph and blanks its lines; a line on no circle is a bridge.
    """
    rows = len(counts)
    cells = [(int(i), rows + int(j)) for i, j in np.argwhere(blank)]
    graph = igraph.Graph(n=sum(counts.shape), edges=cells)
    for bridge in graph.bridges()[:1]:
        side = np.array(graph.components().membership)
        graph.delete_edges([bridge])
        part = np.array(graph.components().membership)
        one, other = (part[end] for end in cells[bridge])
        near = np.isin(part, (one, other)) & (side == side[cells[bridge][0]])
        apart = part[:rows, None] != part[None, rows:]
        joins = ~blank & apart & near[:rows, None] & near[None, rows:]
        if joins.any():
            price = np.where(joins, counts + (counts == 0) * counts.sum(), np.inf)
            blank[np.unravel_index(price.argmin(), price.shape)] = True


def coarsen(
    net: OrgNetwork,
    *,
    by: str,
    smallest: int = SMALLEST,
    other: str = "other",
    edges: Sequence[float] | None = None,
) -> OrgNetwork:
    """Merge the rare values of an attribute, so that no value points at one or two organizations.

    Parameters
    ----------
    net : OrgNetwork
        Any number of relations.
    by : str
        Column of ``actors``.
    smallest : int
        Values that fewer organizations have become ``other``; where that leaves ``other`` itself too small,
        the next rarest value joins it.
    other : str
        What the merged values are called.
    edges : sequence of float, optional
        For numbers: bands ``[low, high)`` between these edges take the place of the numbers first.

    Returns
    -------
    OrgNetwork
        The same network with a coarser column; a missing value stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care"] * 3 + ["police", "court", "bank"]}, index=list("abcdef"))
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> coarsen(net, by="sector").column("sector").value_counts().to_dict()
    {'care': 3, 'other': 3}
    """
    values = net.column(by)
    if edges is not None:
        bands = pd.cut(values, list(edges), right=False)
        values = bands.astype(object).where(bands.notna()).map(str, na_action="ignore")
    sizes = values.value_counts().sort_values(kind="stable")
    rare = int((sizes < smallest).sum())
    while 0 < rare < len(sizes) and sizes.iloc[:rare].sum() < smallest:
        rare += 1
    coarse = values.astype(object).mask(values.isin(sizes.index[:rare]), other)
    return OrgNetwork(
        net.actors.assign(**{by: coarse}), net.ties, net.directed, net.name, net.notes
    )


def reidentification(
    net: OrgNetwork, *, by: str | Sequence[str], smallest: int = SMALLEST
) -> pd.DataFrame:
    """Warn who could be recognized by kind and number of ties, names or no names.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str or sequence of str
        Columns of ``actors`` that an insider knows of each organization, as sector and role.
    smallest : int
        Organizations that share everything with fewer than this many, themselves included, are at risk.

    Returns
    -------
    pandas.DataFrame
        One row per actor, those most at risk first: the columns ``by``, ``degree`` (number of partners),
        ``alike_by`` (how many share the columns), ``alike`` (how many share the columns and the degree) and
        ``at_risk``.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care"] * 3 + ["police"]}, index=list("abcd"))
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> reidentification(net, by="sector")["alike"].to_dict()
    {'d': 1, 'b': 1, 'a': 2, 'c': 2}
    """
    columns = [by] if isinstance(by, str) else list(by)
    known: dict[str, Any] = {column: net.column(column) for column in columns}
    source, target, _ = net.arcs
    pairs = np.unique(np.sort(np.stack([source, target], axis=1), axis=1), axis=0)
    table = pd.DataFrame(known | {"degree": np.bincount(pairs.ravel(), minlength=len(net))})
    for name, keys in (("alike_by", columns), ("alike", [*columns, "degree"])):
        table[name] = table.groupby(keys, dropna=False, observed=True)["degree"].transform("size")
    table["at_risk"] = table["alike"] < smallest
    return table.sort_values(["alike", "alike_by"], kind="stable")
