"""The invented network around electric driving: what each wave is to look like, and how it turns."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from story_tools import (  # noqa: E402
    Aim,
    Concern,
    Organization,
    Story,
    Wave,
    Year,
    draw_waves,
    read_organizations,
)

SEED = 20240906

PLAN = {
    2015: Year(
        aims={"information": Aim(0.14, 0.34), "supply": Aim(0.06, 0.16)},
        pull={"BVA": 2.4},
        brokers={"BVA": 1.0},
        kept=0.0,
        trust=2.1,
        silent=frozenset({"WVZ", "GLW", "TAX"}),
    ),
    2018: Year(
        aims={"information": Aim(0.19, 0.50), "supply": Aim(0.09, 0.24)},
        pull={"BVA": 1.7, "PRV": 0.2},
        brokers={"BVA": 1.0, "LSR": 0.4},
        kept=0.8,
        trust=2.6,
        silent=frozenset({"KOM", "OVM", "GLW", "ZWC", "HSM"}),
    ),
    2021: Year(
        aims={"information": Aim(0.21, 0.60), "supply": Aim(0.11, 0.30)},
        pull={"BVA": 1.7, "PRV": 0.2},
        brokers={"BVA": 1.2, "LSR": 0.4},
        kept=0.975,
        trust=3.0,
        silent=frozenset({"OVM", "GBR", "PPL", "ERV"}),
    ),
    2024: Year(
        aims={"information": Aim(0.19, 0.46), "supply": Aim(0.10, 0.26)},
        pull={"PLN": 1.8, "NTM": 0.8, "LPM": 0.3},
        brokers={"PLN": 1.2, "NTM": 0.6, "LPM": 0.4},
        kept=0.15,
        trust=2.7,
        silent=frozenset({"WVZ", "GLW", "TAX", "DAK", "BVA"}),
    ),
}

CONCERNS = {
    "supply": Concern(
        {"auto": 0.5, "net": 0.6, "laden": 0.7, "energie": 0.5, "lease": 0.6, "werkgevers": 0.3,
         "verzekering": 0.1, "overheid": 0.0, "netwerk": -8.0, "burgers": -1.5},
    )
}  # fmt: skip


def organizations() -> dict[str, Organization]:
    return read_organizations(HERE / "organizations.csv")


def waves() -> dict[int, Wave]:
    """Return the invented network in each wave; the same every time."""
    return draw_waves(Story(SEED, PLAN, CONCERNS), organizations())
