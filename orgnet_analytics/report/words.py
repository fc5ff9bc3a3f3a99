"""Every sentence of the page, in English and Dutch; braces are filled in with what was computed."""

from __future__ import annotations

from orgnet_analytics.figures.words import word as drawn_word

WORDS: dict[str, dict[str, str]] = {
    "synthetic": {
        "en": "These are synthetic data: the organizations and their answers are invented.",
        "nl": "Dit zijn synthetische gegevens: de organisaties en hun antwoorden zijn verzonnen.",
    },
    "who": {"en": "Who answered", "nl": "Wie heeft geantwoord"},
    "who_said": {
        "en": "In {wave}, {responded} of {members} organizations answered ({rate:.0%}).",
        "nl": "In {wave} antwoordden {responded} van de {members} organisaties ({rate:.0%}).",
    },
    "who_all": {
        "en": "Who answered was not recorded; every organization counts as having answered.",
        "nl": "Wie antwoordde is niet vastgelegd; elke organisatie telt als respondent.",
    },
    "few_flag": {
        "en": "That is few: read the numbers of {wave} with caution.",
        "nl": "Dat is weinig: lees de cijfers van {wave} met voorbehoud.",
    },
    "few_withhold": {
        "en": "That is too few to give numbers for {wave}.",
        "nl": "Dat is te weinig om cijfers te geven voor {wave}.",
    },
    "silent": {"en": "Did not answer: {names}.", "nl": "Antwoordden niet: {names}."},
    "network": {"en": "The network in numbers", "nl": "Het netwerk in cijfers"},
    "network_said": {
        "en": "Numbers describe the ties that were reported. Unknown dyads are left out of the network "
        "and are counted here.",
        "nl": "De cijfers beschrijven de gerapporteerde relaties. Onbekende paren zitten niet in het "
        "netwerk en zijn hier geteld.",
    },
    "picture": {"en": "Who is tied to whom ({relation})", "nl": "Wie werkt met wie ({relation})"},
    "picture_said": {
        "en": "Larger symbols mark organizations that stand on more shortest paths between others.",
        "nl": "Grotere symbolen staan voor organisaties die op meer kortste paden tussen anderen liggen.",
    },
    "brokers": {"en": "The strongest brokers", "nl": "De sterkste makelaars"},
    "brokers_said": {
        "en": "A broker stands between two organizations that have no tie of their own. Roles follow from "
        "the groups in '{by}'. z compares the total with chance ties among the same groups: "
        "beyond 2 is more than chance would give.",
        "nl": "Een makelaar staat tussen twee organisaties die zelf geen relatie hebben. De rollen volgen "
        "uit de groepen in '{by}'. z vergelijkt het totaal met toevallige relaties tussen dezelfde "
        "groepen: boven 2 is meer dan toeval.",
    },
    "brokers_alone": {
        "en": "There is no grouping, so every brokered pair counts as one of three different parties.",
        "nl": "Er is geen indeling in groepen; elk bemiddeld paar telt dus als drie verschillende partijen.",
    },
    "stage": {"en": "The stage of the network", "nl": "De fase van het netwerk"},
    "stage_said": {
        "en": "{wave}: {stage} (margin {margin:.2f}).",
        "nl": "{wave}: {stage} (marge {margin:.2f}).",
    },
    "stage_rules": {
        "en": "The bands per stage are documented defaults of this library and can be replaced; "
        "they are not published cut-offs.",
        "nl": "De bandbreedtes per fase zijn gedocumenteerde standaardwaarden van deze bibliotheek en zijn "
        "vervangbaar; het zijn geen gepubliceerde grenswaarden.",
    },
    "evidence": {
        "en": "Evidence for the latest wave",
        "nl": "Onderbouwing voor de laatste meetronde",
    },
    "limits": {"en": "What this page does not say", "nl": "Wat deze pagina niet zegt"},
    "limits_said": {
        "en": "It does not say that a tie works well, that a broker is good for the network, or that a "
        "stage is better than another. Those questions need the people who know the network.",
        "nl": "Ze zegt niet dat een relatie goed werkt, dat een makelaar goed is voor het netwerk of dat "
        "de ene fase beter is dan de andere. Daarvoor zijn de mensen nodig die het netwerk kennen.",
    },
    "made_with": {
        "en": "Made with orgnet_analytics {version}.",
        "nl": "Gemaakt met orgnet_analytics {version}.",
    },
    "wave": {"en": "wave", "nl": "meetronde"},
    "members": {"en": "members", "nl": "leden"},
    "responded": {"en": "answered", "nl": "antwoordden"},
    "response": {"en": "response", "nl": "respons"},
    "unknown_dyads": {
        "en": "unknown dyads, all relations",
        "nl": "onbekende paren, alle relaties",
    },
    "label": {"en": "name", "nl": "naam"},
    "indicator": {"en": "indicator", "nl": "indicator"},
    "value": {"en": "value", "nl": "waarde"},
    "reading": {"en": "reading", "nl": "duiding"},
    "agrees": {"en": "agrees", "nl": "klopt"},
    "weight": {"en": "weight", "nl": "gewicht"},
    "stage_of": {"en": "stage", "nl": "fase"},
    "fits": {"en": "fits", "nl": "past bij"},
    "not observed": {"en": "not observed", "nl": "niet waargenomen"},
    "actors": {"en": "organizations", "nl": "organisaties"},
    "ties": {"en": "ties", "nl": "relaties"},
    "unknown_here": {"en": "unknown dyads", "nl": "onbekende paren"},
    "degree_centralization": {"en": "centralization", "nl": "centralisatie"},
    "indegree_centralization": {"en": "centralization, in", "nl": "centralisatie, in"},
    "outdegree_centralization": {"en": "centralization, out", "nl": "centralisatie, uit"},
    "betweenness_centralization": {
        "en": "centralization, betweenness",
        "nl": "centralisatie, tussenpositie",
    },
    "components": {"en": "components", "nl": "componenten"},
    "distance": {"en": "distance", "nl": "afstand"},
    "ei_index": {"en": "E-I index", "nl": "E-I-index"},
}


def word(key: str, lang: str) -> str:
    """Return the sentence or heading ``key`` in ``lang``, braces and all; figures share their words."""
    return WORDS[key][lang] if key in WORDS else drawn_word(key, lang)
