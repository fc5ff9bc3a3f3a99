"""The invented network of chronic care: what each wave is to look like."""

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

SEED = 20250317

PLAN = {
    2021: Year(
        aims={
            "information": Aim(0.15, 0.40),
            "referral": Aim(0.07, 0.20),
            "care_plan": Aim(0.03, 0.60),
        },
        pull={"AZM": 2.7, "HAK": 0.3},
        brokers={},
        kept=0.0,
        trust=2.2,
        silent=frozenset({"WGC", "GZV", "UNO", "APL"}),
    ),
    2023: Year(
        aims={
            "information": Aim(0.215, 0.52),
            "referral": Aim(0.105, 0.30),
            "care_plan": Aim(0.075, 0.72),
        },
        pull={"AZM": 1.6, "NBM": 1.6, "HAK": 0.4, "OCM": 0.3},
        brokers={"OCM": 1.3, "LDC": 1.0, "GZM": 0.9, "NBM": 0.8},
        kept=0.75,
        trust=2.7,
        silent=frozenset({"HAZ", "APL", "POL", "GHV", "BNL", "HSM", "ZSV", "KWA"}),
    ),
    2025: Year(
        aims={
            "information": Aim(0.235, 0.62),
            "referral": Aim(0.12, 0.36),
            "care_plan": Aim(0.13, 0.82),
        },
        pull={"AZM": 1.0, "NBM": 2.1, "HAK": 0.4, "OCM": 0.3},
        brokers={"OCM": 1.5, "LDC": 1.1, "GZM": 1.0, "NBM": 1.2, "WMM": 0.6},
        kept=0.97,
        trust=3.1,
        silent=frozenset({"APL", "GHV", "BWK", "HVM"}),
    ),
}

CONCERNS = {
    "referral": Concern(
        {"zorg": 0.6, "welzijn": 0.6, "wonen": 0.3, "verzekering": 0.3, "netwerk": -6.0}
    ),
    "care_plan": Concern({"zorg": 0.8, "welzijn": 0.7, "wonen": 0.2, "netwerk": -1.0}),
}


def organizations() -> dict[str, Organization]:
    return read_organizations(HERE / "organizations.csv")


def waves() -> dict[int, Wave]:
    """Return the invented network in each wave; the same every time."""
    return draw_waves(Story(SEED, PLAN, CONCERNS), organizations())
