"""Every word that stands on a figure, in English and Dutch."""

from __future__ import annotations

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.figures.reading_words import READING_WORDS
from orgnet_analytics.figures.theme import OURS
from orgnet_analytics.readings.rulebook import read_rules

WORDS: dict[str, dict[str, str]] = {
    "other": {"en": "other", "nl": "overige"},
    "missing": {"en": "not known", "nl": "onbekend"},
    "actor": {"en": "organization", "nl": "organisatie"},
    "one_way": {"en": "one way", "nl": "één richting"},
    "mutual": {"en": "both ways", "nl": "wederzijds"},
    "tie": {"en": "tie", "nl": "relatie"},
    "unknown": {"en": "not known", "nl": "niet bekend"},
    "silent": {"en": "did not answer", "nl": "antwoordde niet"},
    "yes": {"en": "yes", "nl": "ja"},
    "no": {"en": "no", "nl": "nee"},
    "network_said": {
        "en": "{name}: {actors} organizations, {ties} ties{mutual}; {alone} without a known tie, "
        "{silent} did not answer, {unknown} ties not known. {shown} of {actors} names are shown.",
        "nl": "{name}: {actors} organisaties, {ties} relaties{mutual}; {alone} zonder bekende relatie, "
        "{silent} antwoordden niet, {unknown} relaties niet bekend. "
        "{shown} van de {actors} namen staan erbij.",
    },
    "network_mutual": {"en": ", {both} pairs both ways", "nl": ", {both} paren wederzijds"},
    "network": {"en": "network", "nl": "netwerk"},
    "coordinator": {"en": "coordinator", "nl": "coördinator"},
    "consultant": {"en": "consultant", "nl": "consulent"},
    "representative": {"en": "representative", "nl": "vertegenwoordiger"},
    "gatekeeper": {"en": "gatekeeper", "nl": "poortwachter"},
    "liaison": {"en": "liaison", "nl": "verbinder"},
    "total": {"en": "all roles", "nl": "alle rollen"},
    "brokered": {"en": "pairs brokered", "nl": "bemiddelde paren"},
    "against_chance": {"en": "z against chance", "nl": "z tegenover toeval"},
    "brokers": {"en": "The strongest brokers", "nl": "De sterkste makelaars"},
    "brokers_said": {
        "en": "The {top} of {actors} organizations that broker most pairs; first {first} with {pairs}.",
        "nl": "De {top} van {actors} organisaties die tussen de meeste paren staan; bovenaan {first} met "
        "{pairs}.",
    },
    "brokers_none": {
        "en": "No organization brokers a pair.",
        "nl": "Geen enkele organisatie staat tussen twee andere.",
    },
    "stages": {"en": "The stage of the network", "nl": "De fase van het netwerk"},
    "membership": {"en": "fits the stage", "nl": "past bij de fase"},
    "evidence": {"en": "evidence", "nl": "onderbouwing"},
    "agrees": {"en": "agrees with the stage", "nl": "past bij de fase"},
    "differs": {"en": "speaks against it", "nl": "spreekt ertegen"},
    "silent_on": {"en": "says nothing about it", "nl": "zegt er niets over"},
    "wave": {"en": "wave", "nl": "meetronde"},
    "stages_said": {
        "en": "Stage per wave: {course}. Margin in the last wave: {margin}.",
        "nl": "Fase per meetronde: {course}. Marge in de laatste meetronde: {margin}.",
    },
    "activation": {"en": "activation", "nl": "activering"},
    "collectivity": {"en": "collectivity", "nl": "collectivering"},
    "institutionalization": {"en": "institutionalization", "nl": "institutionalisering"},
    "stability": {"en": "stability", "nl": "stabiliteit"},
    "decline": {"en": "decline", "nl": "neergang"},
    "reorientation": {"en": "reorientation", "nl": "heroriëntatie"},
    "recreation": {"en": "recreation", "nl": "herschepping"},
    "undetermined": {"en": "undetermined", "nl": "niet te bepalen"},
    "density": {"en": "density", "nl": "dichtheid"},
    "reciprocity": {"en": "reciprocity", "nl": "wederkerigheid"},
    "transitivity": {"en": "transitivity", "nl": "transitiviteit"},
    "centralization": {"en": "centralization", "nl": "centralisatie"},
    "core_periphery_fit": {"en": "core-periphery fit", "nl": "gelijkenis met kern-periferie"},
    "fragmentation": {"en": "fragmentation", "nl": "fragmentatie"},
    "multiplexity": {"en": "multiplexity", "nl": "meervoudigheid"},
    "trust": {"en": "trust", "nl": "vertrouwen"},
    "goal_consensus": {"en": "goal consensus", "nl": "doelconsensus"},
    "formalization": {"en": "formalization", "nl": "formalisering"},
    "resource_adequacy": {"en": "resources", "nl": "middelen"},
    "internal_legitimacy": {"en": "internal legitimacy", "nl": "interne legitimiteit"},
    "external_legitimacy": {"en": "external legitimacy", "nl": "externe legitimiteit"},
    "age_years": {"en": "age in years", "nl": "leeftijd in jaren"},
    "entry": {"en": "entry", "nl": "toetreding"},
    "exit": {"en": "exit", "nl": "uittreding"},
    "node_jaccard": {"en": "members kept", "nl": "behouden leden"},
    "tie_jaccard": {"en": "ties kept", "nl": "behouden relaties"},
    "net_creation": {"en": "ties made less ended", "nl": "nieuwe min beëindigde relaties"},
    "size_change": {"en": "change in size", "nl": "verandering van omvang"},
    "density_change": {"en": "change in density", "nl": "verandering van dichtheid"},
    "reciprocity_change": {"en": "change in reciprocity", "nl": "verandering van wederkerigheid"},
    "transitivity_change": {"en": "change in transitivity", "nl": "verandering van transitiviteit"},
    "centralization_change": {"en": "change in centralization", "nl": "verandering van centralisatie"},
    "core_overlap": {"en": "core kept", "nl": "behouden kern"},
    "trust_change": {"en": "change in trust", "nl": "verandering van vertrouwen"},
    "goal_consensus_change": {"en": "change in goal consensus", "nl": "verandering van doelconsensus"},
    "formalization_change": {"en": "change in formalization", "nl": "verandering van formalisering"},
    "resource_change": {"en": "change in resources", "nl": "verandering van middelen"},
    "legitimacy_change": {"en": "change in legitimacy", "nl": "verandering van legitimiteit"},
    "governance_form_change": {"en": "other governance form", "nl": "andere bestuursvorm"},
    "core_purpose_change": {"en": "other core purpose", "nl": "ander kerndoel"},
    "betweenness": {"en": "betweenness", "nl": "tussenpositie"},
    "constraint": {"en": "constraint", "nl": "beperking"},
    "effective_size": {"en": "effective size", "nl": "effectieve omvang"},
    "degree": {"en": "degree", "nl": "aantal relaties"},
    "strength": {"en": "strength", "nl": "sterkte van de relaties"},
    "closeness": {"en": "closeness", "nl": "nabijheid"},
    "harmonic": {"en": "harmonic closeness", "nl": "harmonische nabijheid"},
    "eigenvector": {"en": "eigenvector centrality", "nl": "eigenvectorcentraliteit"},
    "reach": {"en": "reach", "nl": "bereik"},
    "clustering": {"en": "clustering", "nl": "clustering"},
    "coreness": {"en": "coreness", "nl": "k-kern"},
    "efficiency": {"en": "efficiency", "nl": "efficiëntie"},
    "hierarchy": {"en": "hierarchy", "nl": "hiërarchie"},
    "bonding": {"en": "bonding", "nl": "bindend sociaal kapitaal"},
    "bridging": {"en": "bridging", "nl": "overbruggend sociaal kapitaal"},
    "everett_valente": {"en": "bridging (Everett-Valente)", "nl": "overbrugging (Everett-Valente)"},
    "honest_broker": {"en": "honest broker", "nl": "eerlijke makelaar"},
    "blau": {"en": "diversity (Blau)", "nl": "diversiteit (Blau)"},
    "iqv": {"en": "diversity (IQV)", "nl": "diversiteit (IQV)"},
    "ei_index": {"en": "E-I index", "nl": "E-I-index"},
    "distance_fragmentation": {"en": "distance fragmentation", "nl": "fragmentatie naar afstand"},
    "cut_off": {"en": "pairs cut off", "nl": "afgesneden paren"},
    "largest": {"en": "largest part left", "nl": "grootste overblijvend deel"},
    "components": {"en": "parts", "nl": "delen"},
    "size": {"en": "size", "nl": "grootte"},
    "none": {"en": "no tie", "nl": "geen relatie"},
    "sender": {"en": "from", "nl": "van"},
    "receiver": {"en": "to", "nl": "naar"},
    "matrix_said": {
        "en": "{name}: a table of {actors} by {actors} organizations with {ties} ties and {unknown} "
        "cells not known, in {blocks} blocks.",
        "nl": "{name}: een tabel van {actors} bij {actors} organisaties met {ties} relaties en {unknown} "
        "cellen onbekend, in {blocks} blokken.",
    },
    "ego_said": {
        "en": "{name} and the {partners} organizations it is tied to.",
        "nl": "{name} en de {partners} organisaties waarmee deze een relatie heeft.",
    },
    "ranking_said": {
        "en": "The {top} highest of {actors} on {measure}: {first} first with {value}.",
        "nl": "De {top} hoogste van {actors} op {measure}: bovenaan {first} met {value}.",
    },
    "bounds": {"en": "between these, whatever is unknown", "nl": "hiertussen, wat er ook onbekend is"},
    "known": {"en": "on what is known", "nl": "op wat bekend is"},
    "value": {"en": "value", "nl": "waarde"},
    "waves_said": {
        "en": "{waves} waves side by side on the same places: {course}.",
        "nl": "{waves} meetronden naast elkaar op dezelfde plaatsen: {course}.",
    },
    "outside": {"en": "not a member", "nl": "geen lid"},
    "alluvial_said": {
        "en": "How {actors} organizations move between {states} over {waves} waves.",
        "nl": "Hoe {actors} organisaties bewegen tussen {states} over {waves} meetronden.",
    },
    "need": {"en": "need", "nl": "behoefte"},
    "gap": {"en": "nobody", "nl": "niemand"},
    "single": {"en": "one holder only", "nl": "slechts één aanbieder"},
    "held": {"en": "held", "nl": "aanwezig"},
    "coverage_said": {
        "en": "{needs} needs: {gaps} held by nobody{gap_names}; {single} by one organization "
        "only{single_names}.",
        "nl": "{needs} behoeften: {gaps} bij niemand{gap_names}; {single} bij één "
        "organisatie{single_names}.",
    },
    "coverage_open": {
        "en": "Not known of every organization: {needs} ({names}).",
        "nl": "Niet van elke organisatie bekend: {needs} ({names}).",
    },
    "answered": {"en": "answered", "nl": "antwoordde"},
    "response_said": {
        "en": "{answered} of {actors} organizations answered. Did not: {names}.",
        "nl": "{answered} van de {actors} organisaties antwoordden. Niet: {names}.",
    },
    "nobody": {"en": "none", "nl": "geen"},
    "shared": {"en": "shared governance", "nl": "zelfregulerend netwerk"},
    "lead": {"en": "lead organization", "nl": "leiderorganisatie"},
    "nao": {"en": "network administrative organization", "nl": "netwerkadministratieve organisatie"},
    "hybrid": {"en": "hybrid", "nl": "mengvorm"},
    "governance": {"en": "The form of governance", "nl": "De bestuursvorm"},
    "governance_said": {"en": "Nearest form: {course}.", "nl": "Dichtstbijzijnde vorm: {course}."},
    "now": {"en": "now", "nl": "nu"},
    "community": {"en": "community", "nl": "gemeenschap"},
    "organization": {"en": "organization", "nl": "organisatie"},
    "score": {"en": "score", "nl": "score"},
    "place": {
        "en": "0: worst possible or baseline; 1: best possible or target",
        "nl": "0: slechtste score of nulmeting; 1: beste score of streefdoel",
    },
    "disputed": {"en": "disputed", "nl": "omstreden"},
    "effectiveness_said": {
        "en": "{criteria} criteria at {levels} levels, as {stakeholders} stakeholders see them; "
        "lowest {lowest}, highest {highest}.",
        "nl": "{criteria} criteria op {levels} niveaus, zoals {stakeholders} belanghebbenden ze zien; "
        "laagste {lowest}, hoogste {highest}.",
    },
    "removed": {"en": "share of organizations lost", "nl": "aandeel weggevallen organisaties"},
    "remaining": {"en": "what remains", "nl": "wat overblijft"},
    "resilience_said": {
        "en": "What remains as organizations drop out: {course}.",
        "nl": "Wat overblijft als organisaties wegvallen: {course}.",
    },
    "random": {"en": "at random", "nl": "willekeurig"},
    "targeted": {"en": "the most connected first", "nl": "de meest verbonden eerst"},
    "brokers_first": {"en": "the strongest brokers first", "nl": "de sterkste makelaars eerst"},
    "case": {"en": "case", "nl": "casus"},
    "fit": {
        "en": "inclusion {inclusion}, coverage {coverage}",
        "nl": "inclusie {inclusion}, dekking {coverage}",
    },
    "xy_said": {
        "en": "{cases} cases: {above} on or above the diagonal, where {x} does not exceed {y}.",
        "nl": "{cases} casussen: {above} op of boven de diagonaal, waar {x} niet groter is dan {y}.",
    },
    "ceiling_said": {
        "en": "{cases} cases of {y} against {x}, under {lines}. Beyond a ceiling lies no case, or hardly "
        "any.",
        "nl": "{cases} casussen van {y} tegenover {x}, onder {lines}. Voorbij een plafond ligt geen casus, "
        "of hooguit een enkele.",
    },
    "possible": {"en": "what is possible", "nl": "wat mogelijk is"},
    "possible_sampled": {
        "en": "found by sampling; may be wider",
        "nl": "gevonden in een steekproef; kan ruimer zijn",
    },
    "sensitivity_sampled_said": {
        "en": "The lowest and highest were found by sampling: more may be possible.",
        "nl": "Laagste en hoogste zijn gevonden in een steekproef: er kan meer mogelijk zijn.",
    },
    "treated_known": {"en": "as known", "nl": "zoals bekend"},
    "treated_drop": {"en": "left out", "nl": "weggelaten"},
    "treated_reconstruct": {"en": "taken from the other side", "nl": "overgenomen van de andere kant"},
    "treated_zero": {"en": "counted as no tie", "nl": "geteld als geen relatie"},
    "sensitivity_said": {
        "en": "By treatment of missing answers: {course}. Possible: {lowest} to {highest}.",
        "nl": "Per behandeling van ontbrekende antwoorden: {course}. Mogelijk: {lowest} tot {highest}.",
    },
    "sensitivity_each_said": {
        "en": "{actors} organizations, each with its value under four treatments of missing answers and "
        "the lowest and highest value possible.",
        "nl": "{actors} organisaties, elk met de waarde onder vier behandelingen van ontbrekende "
        "antwoorden en de laagste en hoogste mogelijke waarde.",
    },
    "ce_fdh": {"en": "ceiling in steps (CE-FDH)", "nl": "plafond in treden (CE-FDH)"},
    "peers": {"en": "cases that hold it up", "nl": "casussen die het dragen"},
    "empty_zone": {"en": "empty zone: {share} of the field", "nl": "lege zone: {share} van het veld"},
    "cr_fdh": {"en": "ceiling as a line (CR-FDH)", "nl": "plafond als lijn (CR-FDH)"},
    "task_division": {"en": "task division", "nl": "taken verdelen"},
    "task_allocation": {"en": "task allocation", "nl": "taken toewijzen"},
    "rewards": {"en": "rewards", "nl": "belonen"},
    "information_problem": {"en": "information", "nl": "informeren"},
    "in force": {"en": "in force", "nl": "van kracht"},
    "expiring": {"en": "expiring", "nl": "loopt af"},
    "one-sided": {"en": "one-sided", "nl": "eenzijdig"},
    "not known": {"en": "not known", "nl": "niet bekend"},
    "not signed": {"en": "not signed", "nl": "niet ondertekend"},
    "not yet": {"en": "not yet in force", "nl": "nog niet van kracht"},
    "expired": {"en": "expired", "nl": "verlopen"},
    "no_agreement": {"en": "no agreement", "nl": "geen afspraak"},
    "agreements_said": {
        "en": "Agreements on four problems for {rows} {kind}; an agreement holds for: {course}.",
        "nl": "Afspraken over vier vraagstukken voor {rows} {kind}; er geldt een afspraak voor: {course}.",
    },
    "organizations": {"en": "organizations", "nl": "organisaties"},
    "pairs": {"en": "pairs with a working tie", "nl": "paren met een werkrelatie"},
    "more_rows": {"en": "{shown} of {rows} are drawn, those with least first.",
                  "nl": "{shown} van de {rows} zijn getekend, die met het minste eerst."},
    "alone": {"en": "one can reach it alone", "nl": "één kan het alleen"},
    "contract": {"en": "a contract would do", "nl": "een contract volstaat"},
    "inputs": {"en": "takes unique inputs of several", "nl": "vergt unieke inbreng van meerdere"},
    "effectiveness": {"en": "a new outcome is the aim", "nl": "een nieuw resultaat is het doel"},
    "complex": {"en": "the problem is complex", "nl": "het vraagstuk is complex"},
    "willing": {"en": "willing to cede say", "nl": "bereid zeggenschap af te staan"},
    "suitability_said": {
        "en": "Raters: {raters}, on six conditions; verdict: {verdict}.",
        "nl": "Beoordelaars: {raters}, over zes voorwaarden; oordeel: {verdict}.",
    },
    "organization network": {"en": "organization network", "nl": "organisatienetwerk"},
    "efficiency network": {"en": "efficiency network", "nl": "efficiëntienetwerk"},
    "simpler form": {"en": "simpler form", "nl": "eenvoudigere vorm"},
    "cannot say": {"en": "cannot say", "nl": "niet te zeggen"},
    "served": {"en": "served", "nl": "bereikt"},
    "breaks": {"en": "breaks", "nl": "breekt af"},
    "nobody holds it": {"en": "nobody holds it", "nl": "niemand heeft het"},
    "nobody is known to hold it": {"en": "nobody is known to hold it",
                                   "nl": "van niemand is bekend dat die het heeft"},
    "comes after what is not served": {"en": "comes after what is not served",
                                       "nl": "komt na wat niet bereikt wordt"},
    "no_way_to": {"en": "no referrals known to lead to {who}",
                  "nl": "geen doorverwijzing bekend die leidt naar {who}"},
    "or_more": {"en": "{who} or {more} more", "nl": "{who} of nog {more} andere"},
    "holders": {"en": "holders", "nl": "aanbieders"},
    "handovers": {"en": "referrals", "nl": "doorverwijzingen"},
    "pathways_said": {
        "en": "Kinds of client: {profiles}; served by referrals: {served}; needs where the way breaks: "
        "{broken}.",
        "nl": "Soorten cliënten: {profiles}; bereikt via doorverwijzingen: {served}; behoeften waar de weg "
        "afbreekt: {broken}.",
    },
    "present": {"en": "present", "nl": "aanwezig"},
    "absent": {"en": "absent", "nl": "afwezig"},
    "level": {"en": "level", "nl": "niveau"},
    "present_core": {"en": "present, core", "nl": "aanwezig, kern"},
    "present_contributing": {"en": "present, contributing", "nl": "aanwezig, bijdragend"},
    "absent_core": {"en": "absent, core", "nl": "afwezig, kern"},
    "absent_contributing": {"en": "absent, contributing", "nl": "afwezig, bijdragend"},
    "inclusion": {"en": "inclusion", "nl": "inclusie"},
    "pri": {"en": "PRI", "nl": "PRI"},
    "coverage": {"en": "coverage", "nl": "dekking"},
    "unique_coverage": {"en": "unique coverage", "nl": "unieke dekking"},
    "paths_said": {
        "en": "{drawn} of {models} models of {outcome}, {paths} paths: {text}.",
        "nl": "{drawn} van de {models} modellen van {outcome}, {paths} paden: {text}.",
    },
} | READING_WORDS  # fmt: skip


def word(key: str, lang: str) -> str:
    """Return the words ``key`` stands for in ``lang``; what is not in the list stands for itself.

    Examples
    --------
    >>> word("gatekeeper", "nl"), word("leden_2023", "nl")
    ('poortwachter', 'leden 2023')
    """
    if lang not in ("en", "nl"):
        raise UndefinedError(f"There is no language {lang!r}; there are 'en' and 'nl'.")
    return WORDS[key][lang] if key in WORDS else key.replace("_", " ")


def group_name(name: str, lang: str) -> str:
    """Return the name of a group as it is shown: ours in the language, everybody else's as written.

    Examples
    --------
    >>> from orgnet_analytics.figures.theme import OTHER
    >>> group_name(OTHER, "nl"), group_name("other", "nl")
    ('overige', 'other')
    """
    return word(name.removeprefix(OURS), lang) if name.startswith(OURS) else name


def form_name(rules: str, form: str, lang: str) -> str:
    """Return what a form is called in the rules that tell it from others.

    Examples
    --------
    >>> form_name("structure", "star", "nl"), form_name("structure", "undetermined", "nl")
    ('ster', 'niet te bepalen')
    """
    said = read_rules(rules)["forms"].get(form)
    return word(form, lang) if said is None else str(said[lang])
