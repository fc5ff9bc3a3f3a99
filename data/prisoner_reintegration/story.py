"""The invented network around leaving prison: what each wave is to look like, and what is planted."""

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

SEED = 20241107
LEADER, RIDES, WELFARE = "SDG", "MIN", "OCV"
LEISURE = {"SPV", "CUG", "BIB"}

PLAN = {
    2018: Year(
        aims={
            "coordination": Aim(0.125, 0.46),
            "referral": Aim(0.075, 0.20),
            "plan": Aim(0.055, 0.66),
        },
        pull={LEADER: 1.5, "JHV": 0.3},
        brokers={LEADER: 1.2, "JWV": 0.4},
        kept=0.0,
        trust=2.5,
        silent=frozenset({"POV", "GKR", "UZA", "SPV", "ZFV"}),
    ),
    2021: Year(
        aims={
            "coordination": Aim(0.15, 0.58),
            "referral": Aim(0.09, 0.22),
            "plan": Aim(0.085, 0.74),
        },
        pull={LEADER: 1.5, "JHV": 0.3},
        brokers={LEADER: 1.2, "JWV": 0.4, "OCV": 0.4},
        kept=0.95,
        trust=2.8,
        silent=frozenset({"POV", "WKV", "GVS", "BIB", "HSV"}),
    ),
    2024: Year(
        aims={
            "coordination": Aim(0.15, 0.62),
            "referral": Aim(0.09, 0.22),
            "plan": Aim(0.09, 0.75),
        },
        pull={LEADER: 1.5, "JHV": 0.3},
        brokers={LEADER: 1.2, "JWV": 0.4, "OCV": 0.4},
        kept=0.985,
        trust=2.85,
        silent=frozenset({"POV", "GKR", "GVS", "SPV"}),
    ),
}

CONCERNS = {
    "referral": Concern(
        {"justitie": 0.5, "welzijn": 0.6, "wonen": 0.5, "werk": 0.5, "gezondheid": 0.5, "burgers": 0.2,
         "vrije tijd": -4.0, "overheid": -4.0, "kennis": -6.0},
        onward=True,
    ),
    "plan": Concern({"justitie": 0.6, "welzijn": 0.8, "wonen": 0.5, "werk": 0.4, "gezondheid": 0.5}),
}  # fmt: skip


def organizations() -> dict[str, Organization]:
    return read_organizations(HERE / "organizations.csv")


def waves() -> dict[int, Wave]:
    """Return the invented network in each wave; the same every time."""
    made = draw_waves(Story(SEED, PLAN, CONCERNS), organizations())
    return {year: _planted(wave) for year, wave in made.items()}


def _planted(wave: Wave) -> Wave:
    """Leave one way to a ride, and none to leisure."""
    kept = {
        pair: worth
        for pair, worth in wave.ties["referral"].items()
        if RIDES not in pair and pair[1] not in LEISURE
    }
    if RIDES in wave.members:
        kept[WELFARE, RIDES] = 1
    return Wave(wave.members, wave.silent, wave.ties | {"referral": kept})
