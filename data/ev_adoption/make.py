"""Makes the case "elektrisch rijden Merwerijk": the files as a field worker would hand them over.

Run ``python make.py`` to write elektrisch_rijden.xlsx, antwoorden_2021.sav, projecten.csv, deelnames.csv,
gemeenten.csv, broken.xlsx, broken.csv, facts.csv and outcomes.csv anew, or ``python make.py FOLDER`` to write
them elsewhere. Every run gives the same files. All of it is invented: no firm, place or answer exists.
"""

from __future__ import annotations

import sys
from pathlib import Path

from story import HERE, SEED, organizations, waves
from surroundings import draw_municipalities, draw_projects, participation_rows, project_rows
from survey_files import write_csv, write_office_csv
from surveys import Broken, Form, Mistake, Question, Survey

FORM = Form(
    questions={
        "information": Question("kennis_", "frequency"),
        "supply": Question("lever_", "yes_no"),
        "trust": Question("vertr_", "rating"),
    },
    frequency={0: "nooit", 1: "jaarlijks", 2: "maandelijks", 3: "wekelijks"},
    others="lever_andere",
    headings={2018: {"BVA": "BV Auto", "NTM": "netbeheerder Merwe"}},
    spellings={
        2015: {"VOL": "VOLTANA", "LPM": "Laadpunt  Merwe", "IMB": "instituut mobiliteit"},
        2018: {"ROC": "ROC merwerijk", "SSW": "Snelstroom", "TUM": "TU Merwestad "},
        2021: {"PPL": "Paal & Plug", "MBL": "mobilease"},
        2024: {"PLN": "Bureau Laden & Net", "OPS": "O&S", "HSD": "hoogspanning delta"},
    },
    elsewhere={
        2015: {"BVA": "Rijschool Centraal", "GMS": "Provincie Merwerijk; Parkeerbedrijf De Kuil"},
        2018: {"LSR": "Parkeerbedrijf De Kuil", "ENM": "Voltana;Windpark Zuidoever"},
        2021: {"PRV": "Windpark Zuidoever", "WGM": "Koeriers Collectief ; Parkeerbedrijf De Kuil"},
        2024: {"PLN": "Veiligheidsregio Merwe", "NTM": "Kabelbedrijf Noord", "LPM": "Veiligheidsregio Merwe"},
    },
)  # fmt: skip

FACTS = {
    2015: {"goal_consensus": 0.35, "formalization": 0.12, "governance_form": "lead",
           "governance_form_change": "", "resource_adequacy": 0.30, "internal_legitimacy": 0.32,
           "external_legitimacy": 0.22, "core_purpose_change": "", "age_years": 1},
    2018: {"goal_consensus": 0.58, "formalization": 0.45, "governance_form": "lead",
           "governance_form_change": 0, "resource_adequacy": 0.56, "internal_legitimacy": 0.58,
           "external_legitimacy": 0.50, "core_purpose_change": 0, "age_years": 4},
    2021: {"goal_consensus": 0.72, "formalization": 0.76, "governance_form": "lead",
           "governance_form_change": 0, "resource_adequacy": 0.74, "internal_legitimacy": 0.72,
           "external_legitimacy": 0.70, "core_purpose_change": 0, "age_years": 7},
    2024: {"goal_consensus": 0.68, "formalization": 0.58, "governance_form": "nao",
           "governance_form_change": 1, "resource_adequacy": 0.70, "internal_legitimacy": 0.64,
           "external_legitimacy": 0.71, "core_purpose_change": 0, "age_years": 10},
}  # fmt: skip

TWICE = ["LSR", "Leaserijk Zakelijk", "", "lease", "leasemaatschappij", 3, "Merwestad",
              *["nee"] * 8]  # fmt: skip
"""A second organization with the code of another, for the workbook with mistakes."""

FEW = ("BVA", "VOL", "NTM", "LPM", "PRV", "GMS", "LSR", "TUM")

MISTAKES = (
    Mistake("Organisaties", len(FEW) + 2, "code", TWICE[0], "code stands twice"),
    Mistake("Organisaties", 9, "respons 2018", "onbekend", "neither yes nor no"),
    Mistake("Antwoorden 2015", 1, "kennis_NTM", "kennis_NMT", "column of an unknown partner"),
    Mistake("Antwoorden 2015", 3, "kennis_LPM", "af en toe", "answer outside the list"),
    Mistake("Antwoorden 2015", 5, "organisatie", "Laadpnt Merwe", "unknown respondent"),
    Mistake("Antwoorden 2018", 7, "organisatie", "Voltana", "respondent stands twice"),
    Mistake("antwoorden_2021.sav", 2, "vertr_VOL", 5, "rating outside the scale"),
    Mistake("Antwoorden 2024", 4, "lever_NTM", "ja", "a tie with itself"),
    Mistake("Antwoorden 2024", 5, "lever_BVA", "misschien", "answer outside the list"),
)


SURVEY = Survey(
    home=HERE,
    book="elektrisch_rijden.xlsx",
    seed=SEED,
    form=FORM,
    facts=FACTS,
    needs="Opgaven",
    nobodys="brandveiligheid",
    broken=Broken(FEW, TWICE, MISTAKES),
    beside={2021: "antwoorden_2021.sav"},
)


def main(folder: Path) -> None:
    known = organizations()
    SURVEY.write(folder, known, waves())
    projects = draw_projects(known, SEED + 3)
    write_office_csv(folder / "projecten.csv", project_rows(projects))
    write_office_csv(folder / "deelnames.csv", participation_rows(projects, known))
    write_csv(folder / "gemeenten.csv", draw_municipalities(SEED + 4))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
