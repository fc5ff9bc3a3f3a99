"""What organizations reach together that none of them, and no sector, reaches alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, name_list, nearest
from orgnet_analytics.readings import cells, coverage
from orgnet_analytics.readings.effectiveness.profiles import (
    checked_profiles,
    held_by,
    holds_all,
    sectors,
    together,
)
from orgnet_analytics.readings.reading import UNDETERMINED, Reading, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.twomode import TwoModeNetwork


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class AddedValueReading(Reading):
    """What the network reaches over its parts.

    Attributes
    ----------
    verdict : str
        ``adds over every sector``, ``adds over every member``, ``adds nothing`` or ``undetermined``.
    units : pandas.DataFrame
        Row per organization, sector and the network: ``kind``, ``lowest`` and ``highest`` (the share it
        reaches with what is not known taken as not held, and as held).
    profiles : pandas.DataFrame
        Row per profile (``everything required`` without profiles): which ``organization`` and which
        ``sector`` holds all of it alone, whether the ``network`` does (missing: not known), and ``least``,
        the fewest organizations that do together (NaN where none do).
    """

    units: pd.DataFrame
    profiles: pd.DataFrame

    @property
    def headline(self) -> str:
        """The verdict, with what the network reaches and the best of its parts."""
        best = self.units.groupby("kind", sort=False)["lowest"].max()
        shares = [f"best {kind} {share:.0%}" for kind, share in best.items() if kind != "network"]
        shares.append(f"together {best['network']:.0%}")
        return f"{self.verdict} ({', '.join(shares)})"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the profiles and the units."""
        yield "Profiles", self.profiles
        yield "Organizations, sectors, network", self.units


def added_value(
    holders: TwoModeNetwork | pd.DataFrame,
    *,
    by: str | pd.Series | None = None,
    profiles: pd.DataFrame | None = None,
    required: Sequence[str] | None = None,
    rules: Rules | None = None,
) -> AddedValueReading:
    """Say what the organizations can do together that none of them, and no sector, can do alone.

    That is what a network is for: an outcome nobody reaches alone. With profiles of clients, a part *reaches*
    the clients all of whose needs it holds; without them, the share of what is required.

    Parameters
    ----------
    holders : TwoModeNetwork or pandas.DataFrame
        Organizations by needs (competences, life domains): 1, 0 or NaN (not known).
    by : str or Series, optional
        The sector of each organization: a column of ``holders.actors``, or a Series. Without it only single
        organizations are compared.
    profiles : pandas.DataFrame, optional
        Row per kind of client: ``profile``, ``needs`` (separated by semicolons) and ``clients`` (how many;
        1 without it).
    required : sequence of str, optional
        Without profiles: what is needed, all columns without it.
    rules : dict or path, optional
        What to change in the thresholds of ``readings/rules/effectiveness.yaml``.

    Returns
    -------
    AddedValueReading
        ``undetermined`` where unknown cells decide whether anything is added.

    Raises
    ------
    DataError
        Where a need is nearly but not quite known, or the tables are wrong.
    UndefinedError
        Where there is no column ``by``.

    Notes
    -----
    Being held is not being reached: `pathways` asks whether referrals lead there. Checked by hand and against
    trying every set of organizations.

    Examples
    --------
    >>> import pandas as pd
    >>> holders = pd.DataFrame({"care": [1, 1, 0], "debt": [0, 0, 1]}, index=["clinic", "nurses", "bank"])
    >>> reading = added_value(holders, by=pd.Series({"clinic": "care", "nurses": "care", "bank": "welfare"}))
    >>> reading.headline
    'adds over every sector (best organization 50%, best sector 50%, together 100%)'
    >>> int(reading.profiles["least"].iloc[0])
    2
    """
    table = thresholds(read_rules("effectiveness", rules), "effectiveness")
    held = held_by(holders)
    actors = (
        holders.actors if isinstance(holders, TwoModeNetwork) else pd.DataFrame(index=held.index)
    )
    groups = sectors(by, actors, list(held.index))
    bundles = _bundles(held, profiles, required)
    parts = {"organization": held}
    if groups is not None:
        parts["sector"] = together(held, groups)
    parts["network"] = together(held, None)
    units = _units(parts, bundles, whole=profiles is not None)
    verdict = _verdict(units)
    shown = _profiles(parts, bundles)
    return AddedValueReading(
        verdict=verdict,
        evidence=_evidence(units, shown, verdict),
        missing=tuple(_missing(held, groups)),
        would_change=tuple(_would_change(held, verdict)),
        caveats=(
            "That somebody holds what is needed does not mean that a client gets there: see pathways.",
        ),
        rules=table,
        units=units,
        profiles=shown,
    )


def _bundles(
    held: pd.DataFrame, profiles: pd.DataFrame | None, required: Sequence[str] | None
) -> pd.DataFrame:
    if profiles is not None and required is not None:
        raise DataError(Issue("required", "is told by the profiles; give one of the two"))
    if profiles is not None:
        bundles = checked_profiles(profiles, needs=list(held.columns))
        if not bundles["clients"].sum():
            raise DataError(Issue("profiles", "there are no clients at all", column="clients"))
        return bundles
    wanted = list(held.columns) if required is None else name_list(required, "required")
    found = [
        Issue("required", "not among the needs", value=need, suggestion=nearest(need, held.columns))
        for need in wanted
        if need not in held and nearest(need, held.columns)
    ]
    if found or not wanted:
        raise DataError(found or Issue("required", "nothing is required"))
    index = pd.Index(["everything required"], name="profile")
    return pd.DataFrame({"needs": [tuple(wanted)], "clients": [1.0]}, index=index)


def _units(parts: dict[str, pd.DataFrame], bundles: pd.DataFrame, *, whole: bool) -> pd.DataFrame:
    """Return the share each part reaches: of the clients whole, or of what is required piece by piece."""
    rows = []
    for kind, held in parts.items():
        ends = {}
        for name, unknown in (("lowest", 0.0), ("highest", 1.0)):
            if whole:
                served = pd.DataFrame(
                    {
                        p: holds_all(held, needs, unknown=unknown)
                        for p, needs in bundles["needs"].items()
                    }
                )
                weight = bundles["clients"] / bundles["clients"].sum()
                ends[name] = served.mul(weight).sum(axis=1)
            else:
                wanted = bundles["needs"].iloc[0]
                each = [holds_all(held, [need], unknown=unknown) for need in wanted]
                ends[name] = pd.concat(each, axis=1).mean(axis=1)
        rows.append(pd.DataFrame({"kind": kind, **ends}))
    return pd.concat(rows).rename_axis("unit")


def _verdict(units: pd.DataFrame) -> str:
    """Return over which parts the network surely adds; undetermined where unknown cells decide."""
    whole = units[units["kind"] == "network"].iloc[0]
    said = "adds nothing"
    for kind, name in (("organization", "member"), ("sector", "sector")):
        part = units[units["kind"] == kind]
        if part.empty:
            continue
        sure = whole["lowest"] > part["highest"].max() + 1e-12
        could = whole["highest"] > part["lowest"].max() + 1e-12
        if could and not sure:
            return UNDETERMINED if kind == "organization" else said
        if not sure:
            break
        said = f"adds over every {name}"
    return said


def _profiles(parts: dict[str, pd.DataFrame], bundles: pd.DataFrame) -> pd.DataFrame:
    rows = {}
    for profile, needs in bundles["needs"].items():
        row: dict[str, object] = {"needs": ", ".join(needs)}
        for kind in ("organization", "sector"):
            if kind in parts:
                able = holds_all(parts[kind], needs, unknown=0.0)
                row[kind] = ", ".join(map(str, able.index[able]))
        low, high = (
            bool(holds_all(parts["network"], needs, unknown=u).iloc[0]) for u in (0.0, 1.0)
        )
        row["network"] = low if low == high else None
        row["least"] = np.nan
        if low:
            sets = coverage.read(
                parts["organization"].fillna(0.0), required=list(needs), most_sets=1
            ).smallest_sets
            row["least"] = float(len(sets[0]))
        rows[profile] = row
    made = pd.DataFrame.from_dict(rows, orient="index").rename_axis("profile")
    return made.astype({"network": "boolean", "least": float})


def _evidence(units: pd.DataFrame, shown: pd.DataFrame, verdict: str) -> pd.DataFrame:
    rows: list[tuple[str, object, str, bool | None]] = []
    whole = units[units["kind"] == "network"].iloc[0]
    for kind in ("organization", "sector"):
        part = units[units["kind"] == kind]
        if part.empty:
            continue
        best, most = part["lowest"].idxmax(), float(part["lowest"].max())
        less = most < whole["lowest"] - 1e-12
        agrees = None if verdict == UNDETERMINED else less == (verdict != "adds nothing")
        rows.append((f"best_{kind}", most, f"{best}: less than together" if less
                     else f"{best}: as much as together", agrees))  # fmt: skip
    rows.append(("network", float(whole["lowest"]), "together", None))
    alone = [kind for kind in ("organization", "sector") if kind in shown]
    only = (shown[alone] == "").all(axis=1) & shown["network"].fillna(value=False).astype(bool)
    reading = cells.said(shown.index[only]) or "none"
    rows.append(("only_in_combination", int(only.sum()), reading, None))
    return evidence_table(rows)


def _missing(held: pd.DataFrame, groups: pd.Series | None) -> Iterator[str]:
    unknown = int(held.isna().to_numpy().sum())
    if unknown:
        yield f"Of {unknown} cells it is not known whether the organization holds the need."
    if groups is None:
        yield "No sectors were given, so only single organizations are compared."
    elif groups.isna().any():
        yield f"No sector is known of {cells.said(groups.index[groups.isna()])}."


def _would_change(held: pd.DataFrame, verdict: str) -> Iterator[str]:
    if held.isna().any(axis=None):
        rows = held.index[held.isna().any(axis=1)]
        yield f"What {cells.said(rows)} hold that is not known yet."
    if verdict == "adds nothing":
        yield "A need that the best part does not hold itself and another does."
