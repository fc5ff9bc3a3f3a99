"""The questions and their answers, in Dutch and English.

The names of the levels of collaboration are those of Frey, Lohmeier, Lee & Tollefson (2006). The dimensions
of trust and value are those of the PARTNER survey, and the problems that agreements settle those of Kenis &
Raab (2020); how the questions are put is this library's own. A question about the network goes by the name
under which a reading looks for its answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Text = Mapping[str, str]
About = Literal["partner", "network"]


@dataclass(frozen=True)
class Choice:
    """One answer: its code, what it says, and its strength (None where it tells nothing)."""

    code: str
    says: Text
    worth: float | None


@dataclass(frozen=True)
class Item:
    """One question, about each partner on the roster or about the network.

    Attributes
    ----------
    title, asks : mapping
        Language to heading and to question.
    scale : str
        Key of a scale in `SCALES`; ``"actor"`` for a choice among the organizations.
    about : {"partner", "network"}
        Whether it is asked of every partner, and becomes a relation, or once.
    topic : str
        Where it belongs.
    """

    title: Text
    asks: Text
    scale: str
    about: About
    topic: str


def _choices(*rows: tuple[str, str, str, float | None]) -> tuple[Choice, ...]:
    return tuple(Choice(code, {"nl": nl, "en": en}, worth) for code, nl, en, worth in rows)


UNKNOWN = "99"
_UNKNOWN = (UNKNOWN, "weet niet", "don't know", None)

SCALES: Mapping[str, tuple[Choice, ...]] = {
    "collaboration": _choices(
        ("0", "geen interactie", "no interaction", 0),
        ("1", "netwerken", "networking", 1),
        ("2", "coöperatie", "cooperation", 2),
        ("3", "coördinatie", "coordination", 3),
        ("4", "coalitie", "coalition", 4),
        ("5", "samenwerking", "collaboration", 5),
        _UNKNOWN,
    ),
    "frequency": _choices(
        ("0", "nooit", "never", 0),
        ("1", "elk jaar", "every year", 1),
        ("2", "elk kwartaal", "every quarter", 2),
        ("3", "elke maand", "every month", 3),
        ("4", "elke week", "every week", 4),
        _UNKNOWN,
    ),
    "yes_no": _choices(("1", "ja", "yes", 1), ("0", "nee", "no", 0), _UNKNOWN),
    "rating": _choices(
        ("1", "niet of nauwelijks", "hardly or not at all", 1),
        ("2", "enigszins", "somewhat", 2),
        ("3", "grotendeels", "largely", 3),
        ("4", "volledig", "completely", 4),
        _UNKNOWN,
    ),
    "agreement": _choices(
        ("1", "helemaal oneens", "strongly disagree", 1),
        ("2", "oneens", "disagree", 2),
        ("3", "niet eens, niet oneens", "neither agree nor disagree", 3),
        ("4", "eens", "agree", 4),
        ("5", "helemaal eens", "strongly agree", 5),
        _UNKNOWN,
    ),
    "degree": _choices(
        ("1", "zeer laag", "very low", 1),
        ("2", "laag", "low", 2),
        ("3", "gemiddeld", "medium", 3),
        ("4", "hoog", "high", 4),
        ("5", "zeer hoog", "very high", 5),
        _UNKNOWN,
    ),
    "number": _choices(
        *((str(n), str(n), str(n), n) for n in range(10)),
        ("10", "10 of meer", "10 or more", 10),
        _UNKNOWN,
    ),
    "aim": _choices(
        ("effectiveness", "een resultaat dat er nu niet is", "an outcome that does not exist yet", None),
        ("efficiency", "hetzelfde resultaat tegen lagere kosten", "the same outcome at lower cost", None),
        _UNKNOWN,
    ),
    "in_place": _choices(
        ("2", "ja, op schrift", "yes, in writing", 2),
        ("1", "ja, mondeling", "yes, by word of mouth", 1),
        ("0", "nee", "no", 0),
        _UNKNOWN,
    ),
    "governance": _choices(
        ("shared", "de deelnemers samen", "the participants together", None),
        ("lead", "een van de deelnemers", "one of the participants", None),
        ("nao", "een apart bureau of een aparte organisatie", "a separate office or organization", None),
        _UNKNOWN,
    ),
}  # fmt: skip


def _partner(scale: str, topic: str, titles: tuple[str, str], asks: tuple[str, str]) -> Item:
    return Item(_both(titles), _both(asks), scale, "partner", topic)


def _network(scale: str, topic: str, titles: tuple[str, str], asks: tuple[str, str]) -> Item:
    return Item(_both(titles), _both(asks), scale, "network", topic)


def _both(pair: tuple[str, str]) -> Text:
    return {"nl": pair[0], "en": pair[1]}


ITEMS: Mapping[str, Item] = {
    "collaboration": _partner(
        "collaboration", "relations", ("Samenwerking", "Collaboration"),
        ("Hoe ver gaat de samenwerking van uw organisatie met deze organisatie?",
         "How far does the collaboration of your organization with this organization go?")),
    "information": _partner(
        "frequency", "relations", ("Informatie", "Information"),
        ("Hoe vaak geeft uw organisatie informatie aan deze organisatie?",
         "How often does your organization give information to this organization?")),
    "referral": _partner(
        "yes_no", "relations", ("Doorverwijzing", "Referral"),
        ("Verwijst uw organisatie cliënten of vragen door naar deze organisatie?",
         "Does your organization refer clients or questions to this organization?")),
    "resources": _partner(
        "yes_no", "relations", ("Middelen", "Resources"),
        ("Stelt uw organisatie geld, mensen of ruimte beschikbaar aan deze organisatie?",
         "Does your organization provide this organization with money, staff or space?")),
    "trust_reliable": _partner(
        "rating", "trust", ("Vertrouwen: betrouwbaar", "Trust: reliable"),
        ("Kunt u ervan op aan dat deze organisatie doet wat zij toezegt?",
         "Can you count on this organization to do what it promises?")),
    "trust_mission": _partner(
        "rating", "trust", ("Vertrouwen: missie", "Trust: mission"),
        ("Staat deze organisatie achter het doel van het netwerk?",
         "Does this organization stand behind the purpose of the network?")),
    "trust_open": _partner(
        "rating", "trust", ("Vertrouwen: open", "Trust: open"),
        ("Kunt u met deze organisatie openlijk praten, ook over wat niet goed gaat?",
         "Can you talk openly with this organization, also about what does not go well?")),
    "value_power": _partner(
        "rating", "value", ("Waarde: invloed", "Value: influence"),
        ("Heeft deze organisatie invloed op wat het netwerk bereikt?",
         "Does this organization have influence on what the network achieves?")),
    "value_involved": _partner(
        "rating", "value", ("Waarde: inzet", "Value: involvement"),
        ("Zet deze organisatie zich actief in voor het netwerk?",
         "Does this organization take an active part in the network?")),
    "value_resources": _partner(
        "rating", "value", ("Waarde: bijdrage", "Value: contribution"),
        ("Draagt deze organisatie middelen of kennis bij aan het netwerk?",
         "Does this organization contribute resources or knowledge to the network?")),
    "goal_same": _network(
        "agreement", "goal consensus", ("Doel: eensgezind", "Goal: agreed"),
        ("De deelnemers zijn het eens over wat het netwerk moet bereiken.",
         "The participants agree on what the network is to achieve.")),
    "goal_clear": _network(
        "agreement", "goal consensus", ("Doel: helder", "Goal: clear"),
        ("Voor mijn organisatie is helder wat het netwerk wil bereiken.",
         "It is clear to my organization what the network wants to achieve.")),
    "goal_own": _network(
        "agreement", "goal consensus", ("Doel: passend", "Goal: fitting"),
        ("Het doel van het netwerk past bij dat van mijn eigen organisatie.",
         "The goal of the network fits that of my own organization.")),
    "governed_by": _network(
        "governance", "governance", ("Sturing", "Governance"),
        ("Wie neemt de besluiten die het hele netwerk aangaan?",
         "Who takes the decisions that concern the network as a whole?")),
    "coordinator": _network(
        "actor", "governance", ("Coördinator", "Coordinator"),
        ("Welke organisatie coördineert het netwerk? Laat open als geen enkele dat doet.",
         "Which organization coordinates the network? Leave open if none does.")),
    "agreed_task_division": _network(
        "in_place", "agreements", ("Afspraken: taken verdelen", "Agreements: task division"),
        ("Is afgesproken in welke taken het werk van het netwerk uiteenvalt?",
         "Is it agreed into which tasks the work of the network is divided?")),
    "agreed_task_allocation": _network(
        "in_place", "agreements", ("Afspraken: taken toewijzen", "Agreements: task allocation"),
        ("Is afgesproken welke organisatie welke taak doet?",
         "Is it agreed which organization does which task?")),
    "agreed_rewards": _network(
        "in_place", "agreements", ("Afspraken: belonen", "Agreements: rewards"),
        ("Is afgesproken wat een organisatie voor haar bijdrage krijgt?",
         "Is it agreed what an organization gets for its contribution?")),
    "agreed_information": _network(
        "in_place", "agreements", ("Afspraken: informatie", "Agreements: information"),
        ("Is afgesproken wie wie waarvan op de hoogte houdt?",
         "Is it agreed who keeps whom informed of what?")),
    "goals": _network(
        "degree", "complexity", ("Complexiteit: doelen", "Complexity: goals"),
        ("Hoe sterk lopen de doelen uiteen die bij deze opgave spelen?",
         "How much do the goals at stake in this problem diverge?")),
    "variables": _network(
        "degree", "complexity", ("Complexiteit: factoren", "Complexity: factors"),
        ("Hoeveel verschillende factoren bepalen deze opgave?",
         "How many different factors shape this problem?")),
    "dynamics": _network(
        "degree", "complexity", ("Complexiteit: verandering", "Complexity: change"),
        ("Hoe snel verandert deze opgave?", "How fast does this problem change?")),
    "interconnectedness": _network(
        "degree", "complexity", ("Complexiteit: samenhang", "Complexity: links"),
        ("Hoe sterk hangen de factoren onderling samen?",
         "How strongly do the factors hang together?")),
    "informational_uncertainty": _network(
        "degree", "complexity", ("Complexiteit: onzekerheid", "Complexity: uncertainty"),
        ("Hoe onzeker is wat over deze opgave bekend is?",
         "How uncertain is what is known about this problem?")),
    "sovereign": _network(
        "number", "suitability", ("Vorm: organisaties", "Form: organizations"),
        ("Hoeveel organisaties die zelf over hun inzet beslissen, moeten bijdragen om het resultaat te "
         "bereiken?",
         "How many organizations that decide for themselves must contribute to reach the outcome?")),
    "unique": _network(
        "degree", "suitability", ("Vorm: onvervangbaar", "Form: irreplaceable"),
        ("Hoe moeilijk is het om wat elk van hen bijdraagt bij een ander te halen?",
         "How hard would it be to get what each of them contributes from somebody else?")),
    "aim": _network(
        "aim", "suitability", ("Vorm: doel", "Form: aim"),
        ("Wat is het doel?", "What is the aim?")),
    "alone": _network(
        "yes_no", "suitability", ("Vorm: alleen", "Form: alone"),
        ("Kan een van de organisaties het resultaat op eigen kracht bereiken?",
         "Can one of the organizations reach the outcome on its own?")),
    "contract": _network(
        "yes_no", "suitability", ("Vorm: contract", "Form: contract"),
        ("Is het resultaat te bereiken met een contract tussen twee partijen, een fusie of inkoop?",
         "Can the outcome be reached by a contract between two parties, a merger, or buying it?")),
    "cede": _network(
        "degree", "suitability", ("Vorm: zeggenschap", "Form: say"),
        ("Hoe bereid zijn de organisaties om een deel van hun zeggenschap af te staan?",
         "How willing are the organizations to give up part of their say?")),
}  # fmt: skip

WORDS: Mapping[str, Text] = {
    "title": {"nl": "Vragenlijst organisatienetwerk", "en": "Organization network questionnaire"},
    "intro": {
        "nl": "Vul in voor uw organisatie als geheel. Laat open wat u niet weet: open is onbekend, "
        "en dat is iets anders dan 'nee'.",
        "en": "Answer for your organization as a whole. Leave open what you do not know: open means "
        "unknown, which is something else than 'no'.",
    },
    "who": {"nl": "Voor welke organisatie vult u in?", "en": "Which organization do you answer for?"},
    "organization": {"nl": "organisatie", "en": "organization"},
    "partner": {"nl": "partner", "en": "partner"},
    "label": {"nl": "naam", "en": "name"},
    "answered": {"nl": "heeft geantwoord", "en": "has answered"},
    "yes": {"nl": "ja", "en": "yes"},
    "no": {"nl": "nee", "en": "no"},
    "network": {"nl": "Over het netwerk", "en": "About the network"},
    "Read me": {"nl": "Leesmij", "en": "Read me"},
    "Answers": {"nl": "Antwoorden", "en": "Answers"},
    "General": {"nl": "Algemeen", "en": "General"},
    "Organizations": {"nl": "Organisaties", "en": "Organizations"},
    "steps": {
        "nl": "Kies op het blad Antwoorden per organisatie en partner een antwoord uit de lijst. Zet op het "
        "blad Organisaties 'heeft geantwoord' op ja zodra een organisatie heeft geantwoord.",
        "en": "On the sheet Answers, choose an answer from the list for each organization and partner. On "
        "the sheet Organizations, set 'has answered' to yes once an organization has answered.",
    },
}  # fmt: skip
