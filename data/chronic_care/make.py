"""Makes the case "chronische zorg Merelland": the files as a field worker would hand them over.

Run ``python make.py`` to write chronische_zorg.xlsx, kandidaten.csv, broken.xlsx, broken.csv, facts.csv and
outcomes.csv anew, or ``python make.py FOLDER`` to write them elsewhere. Every run gives the same files. All
of it is invented: no organization, place or answer exists.
"""

from __future__ import annotations

import sys
from pathlib import Path

from story import HERE, SEED, organizations, waves
from survey_files import Rows, write_office_csv
from surveys import Broken, Form, Mistake, Question, Survey

FORM = Form(
    questions={
        "information": Question("info_", "frequency"),
        "referral": Question("verw_", "yes_no"),
        "care_plan": Question("plan_", "ticked"),
        "trust": Question("vertr_", "rating"),
    },
    frequency={0: "nooit", 1: "jaarlijks", 2: "maandelijks", 3: "wekelijks"},
    others="verw_andere",
    headings={2023: {"NBM": "Netwerkburo", "OCM": "Sociaal Huis Merelbroek"}},
    spellings={
        2021: {
            "AZM": "AZ  MERELLAND",
            "TVM": "Thuisverpleging Meerelland",
            "WMM": "woonmaatschappij merelland ",
        },
        2023: {"NBM": "Netwerkburo", "DCV": "de vlier", "LDC": "LDC Het Atrium", "PHA": "Hart en Adem"},
        2025: {"OCM": "ocmw Merelbroek", "NA": "apothekerskring", "TLD": "Telezorg\u00a0Lissedonk"},
    },
    elsewhere={
        2021: {"HAK": "Dienst Diëtiek Oosterveld", "OCM": "Voedselkring Merelbroek; Gemeente Zavelgem"},
        2023: {"OCM": "Voedselkring Merelbroek", "LDC": "Kapsalon Rita; Fietsclub De Trage Trapper",
               "GZM": "Thuisverpleging Merelland;Poetsbedrijf Glans"},
        2025: {"NBM": "Energiehuis Kwartelhoek", "BNL": "", "VWZ": "Parochie Sint-Merel ; Kapsalon Rita",
               "CWM": "Energiehuis Kwartelhoek"},
    },
)  # fmt: skip

FACTS = {
    2021: {"goal_consensus": 0.42, "formalization": 0.15, "governance_form": "lead",
           "governance_form_change": "", "resource_adequacy": 0.30, "internal_legitimacy": 0.35,
           "external_legitimacy": 0.25, "core_purpose_change": "", "age_years": 1},
    2023: {"goal_consensus": 0.63, "formalization": 0.48, "governance_form": "lead",
           "governance_form_change": 0, "resource_adequacy": 0.55, "internal_legitimacy": 0.62,
           "external_legitimacy": 0.50, "core_purpose_change": 0, "age_years": 3},
    2025: {"goal_consensus": 0.81, "formalization": 0.85, "governance_form": "nao",
           "governance_form_change": 1, "resource_adequacy": 0.78, "internal_legitimacy": 0.82,
           "external_legitimacy": 0.76, "core_purpose_change": 0, "age_years": 5},
}  # fmt: skip

CANDIDATES = [
    ["NLU", "Nachtopvang De Luifel", "welzijn", "thuislozenzorg", 1, "Merelbroek",
     "niemand vangt 's nachts iemand op", ("nachtopvang",)],
    ["THK", "Thuishulp Kwartelhoek", "welzijn", "gezinszorg", 2, "Hoogvenne",
     "hulp in huis hangt aan één organisatie", ("hulp in huis",)],
    ["PZL", "Politiezone Lissedonk", "overheid", "politie", 4, "Lissedonk",
     "veiligheid thuis hangt aan één organisatie", ("veiligheid",)],
    ["GLI", "Gemeente Lissedonk", "overheid", "gemeente", 5, "Lissedonk",
     "de vierde gemeente zit niet aan tafel", ("vervoer", "beweging")],
    ["BNL", "Buurtnetwerk De Lissen", "burgers", "buurt", 1, "Lissedonk",
     "was lid tot 2023, stopte bij gebrek aan tijd", ("eenzaamheid", "vervoer")],
    ["SVP", "Socioculturele Vereniging De Pluim", "burgers", "vereniging", 1, "Zavelgem",
     "bereikt ouderen die niemand anders bereikt", ("eenzaamheid", "dagbesteding")],
    ["MOE", "Mantelzorgers Onder Elkaar", "burgers", "familie en mantelzorgers", 1, "Hoogvenne",
     "mantelzorgers spreken er zelf, niet via een dienst", ("ondersteuning mantelzorg", "lotgenoten")],
    ["BKK", "Bedrijvenkring Kwartelhoek", "kennis en economie", "bedrijven", 3, "Hoogvenne",
     "werkgevers van mensen met een chronische ziekte", ("inkomen en schulden",)],
]  # fmt: skip
"""Who is no member (any more) and might be invited: the last two cells are why, and for which needs."""

TWICE = ["AZM", "Ziekenhuis Merelland campus Noord", "", "zorg", "ziekenhuis", 5, "Merelbroek",
         *["nee"] * 6]  # fmt: skip
"""A second organization with the code of the first, for the workbook with mistakes."""

FEW = ("AZM", "HAK", "TVM", "NA", "OCM", "GZM", "WMM", "GMB")

MISTAKES = (
    Mistake("Organisaties", len(FEW) + 2, "code", TWICE[0], "code stands twice"),
    Mistake("Organisaties", 4, "respons 2023", "misschien", "neither yes nor no"),
    Mistake("Antwoorden 2021", 1, "info_GMB", "info_GBM", "column of an unknown partner"),
    Mistake("Antwoorden 2021", 3, "info_TVM", "dagelijks", "answer outside the list"),
    Mistake("Antwoorden 2021", 4, "organisatie", "Thuisverplegingg Mereland", "unknown respondent"),
    Mistake(
        "Antwoorden 2023", 5, "organisatie", "Sociaal Huis Merelbroek", "respondent stands twice"
    ),
    Mistake("Antwoorden 2023", 2, "vertr_HAK", 7, "rating outside the scale"),
    Mistake("Antwoorden 2025", 3, "verw_HAK", "ja", "a tie with itself"),
    Mistake("Antwoorden 2025", 4, "plan_NA", "jazeker", "answer outside the list"),
)


SURVEY = Survey(
    home=HERE,
    book="chronische_zorg.xlsx",
    seed=SEED,
    form=FORM,
    facts=FACTS,
    needs="Noden",
    nobodys="nachtopvang",
    broken=Broken(FEW, TWICE, MISTAKES),
)


def main(folder: Path) -> None:
    SURVEY.write(folder, organizations(), waves())
    write_office_csv(folder / "kandidaten.csv", candidate_rows())


def candidate_rows() -> Rows:
    needs = sorted({need for *_, held in CANDIDATES for need in held})
    yield ["code", "naam", "sector", "type organisatie", "macht", "gemeente", "waarom", *needs]
    for *cells, held in CANDIDATES:
        yield [*cells, *("x" if need in held else "" for need in needs)]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
