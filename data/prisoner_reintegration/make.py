"""Makes the case "re-integratie Vlierland": the files as a field worker would hand them over.

Run ``python make.py`` to write re_integratie.xlsx, antwoorden_2021.csv, lokale_netwerken.csv,
lokale_banden.csv, broken.xlsx, broken.csv, facts.csv and outcomes.csv anew, or ``python make.py FOLDER`` to
write them elsewhere. Every run gives the same files. All of it is invented: no prison, organization, place
or answer exists.
"""

from __future__ import annotations

import sys
from pathlib import Path

from story import HERE, SEED, organizations, waves
from survey_files import write_csv
from surveys import Broken, Form, Mistake, Question, Survey
from towns import condition_rows, draw_networks, tie_rows

FORM = Form(
    questions={
        "coordination": Question("afst_", "frequency"),
        "referral": Question("verw_", "yes_no"),
        "plan": Question("plan_", "ticked"),
        "trust": Question("vertr_", "rating"),
    },
    frequency={0: "nooit", 1: "enkele keren per jaar", 2: "maandelijks", 3: "wekelijks"},
    others="verw_andere",
    headings={2021: {"SDG": "SD Vlierstad", "WMV": "sociale huisvesting Vlierland"}},
    spellings={
        2018: {"JWV": "JW  vlierland", "SVS": "SVK de sleutel", "BWB": "De  Brug"},
        2021: {"MIN": "mindermobielencentrale", "CGO": "CGG De Oever ", "OCK": "ocmw Kromsele"},
        2024: {"RWV": "Rechtswinkel", "TIS": "Terug in de stad", "VZK": "verslavingszorg\u00a0De Kade"},
    },
    elsewhere={
        2018: {"SDG": "Pleegzorg Oosterlo; Reclassering Overgrens", "OCV": "Kringwinkel Vlierstad"},
        2021: {"JWV": "Kringwinkel Vlierstad; Wijkgezondheidscentrum Kromsele",
               "VNB": "Parochie Sint-Vlier", "SDG": "Reclassering Overgrens"},
        2024: {"OCV": "Kringwinkel Vlierstad", "TIS": "Voetbalclub FC Vlier ; Eetcafé 't Hoekje",
               "JHV": "Reclassering Overgrens"},
    },
)  # fmt: skip

FACTS = {
    2018: {"goal_consensus": 0.44, "formalization": 0.38, "governance_form": "lead",
           "governance_form_change": "", "resource_adequacy": 0.50, "internal_legitimacy": 0.52,
           "external_legitimacy": 0.45, "core_purpose_change": "", "age_years": 2},
    2021: {"goal_consensus": 0.55, "formalization": 0.74, "governance_form": "lead",
           "governance_form_change": 0, "resource_adequacy": 0.68, "internal_legitimacy": 0.64,
           "external_legitimacy": 0.70, "core_purpose_change": 0, "age_years": 5},
    2024: {"goal_consensus": 0.54, "formalization": 0.76, "governance_form": "lead",
           "governance_form_change": 0, "resource_adequacy": 0.66, "internal_legitimacy": 0.62,
           "external_legitimacy": 0.72, "core_purpose_change": 0, "age_years": 8},
}  # fmt: skip

TWICE = ["OCV", "OCMW Vlierstad, dienst wonen", "", "wonen", "OCMW", 3, "Vlierstad",
              *["nee"] * 6]  # fmt: skip
"""A second organization with the code of another, for the workbook with mistakes."""

FEW = ("SDG", "JHV", "JWV", "OCV", "WMV", "ABV", "CGO", "VNB")

MISTAKES = (
    Mistake("Organisaties", len(FEW) + 2, "code", TWICE[0], "code stands twice"),
    Mistake("Organisaties", 3, "lid 2024", "tijdelijk", "neither yes nor no"),
    Mistake("Antwoorden 2018", 1, "afst_WMV", "afst_WVM", "column of an unknown partner"),
    Mistake("Antwoorden 2018", 3, "afst_JWV", "vaak", "answer outside the list"),
    Mistake("Antwoorden 2018", 7, "organisatie", "Arbeidsbemidding Vlierlnd", "unknown respondent"),
    Mistake("antwoorden_2021.csv", 6, "organisatie", "Justitiehuis", "respondent stands twice"),
    Mistake("antwoorden_2021.csv", 2, "vertr_JWV", 6, "rating outside the scale"),
    Mistake("Antwoorden 2024", 4, "verw_JWV", "ja", "a tie with itself"),
    Mistake("Antwoorden 2024", 5, "plan_SDG", "soms", "answer outside the list"),
)


SURVEY = Survey(
    home=HERE,
    book="re_integratie.xlsx",
    seed=SEED,
    form=FORM,
    facts=FACTS,
    needs="Noden",
    nobodys="identiteitspapieren",
    broken=Broken(FEW, TWICE, MISTAKES),
    beside={2021: "antwoorden_2021.csv"},
)


def main(folder: Path) -> None:
    SURVEY.write(folder, organizations(), waves())
    local = draw_networks(SEED + 3)
    write_csv(folder / "lokale_netwerken.csv", condition_rows(local))
    write_csv(folder / "lokale_banden.csv", tie_rows(local))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
