"""Every measure on one card: what it is called, how to read it, where it comes from, what it was held to."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orgnet_analytics.errors import UndefinedError, nearest


@dataclass(frozen=True)
class Card:
    """One measure: its name in the library, its titles, and what to know before using it."""

    measure: str
    title: str
    title_nl: str
    read: str
    source: str
    checked: str


KNOKE = "the Knoke bureaucracies"
REAL = "R's sna on eight real collections (8 digits)"
FORTY_ONLY = "forty networks of every shape"
FORTY = f"R's sna and igraph on {FORTY_ONLY} (10 digits)"

CARDS = [
    # centrality
    Card("centrality.degree", "Number of ties", "Aantal relaties",
         "High: many partners. An actor that did not answer has no reported out-ties.",
         "Freeman (1979)",
         f"{KNOKE} and chemnet, exactly; {FORTY}; networkx, exactly"),
    Card("centrality.strength", "Strength of ties", "Sterkte van de relaties",
         "High: many ties, or intense ones; compare with the number of ties.",
         "Barrat, Barthelemy, Pastor-Satorras & Vespignani (2004)",
         "networkx, exactly"),
    Card("centrality.betweenness", "Betweenness", "Tussenpositie",
         "High: much can only pass here, and the network depends on it. 0: nothing has to.",
         "Freeman (1977)",
         f"{KNOKE}, {FORTY}, chemnet and networkx (10 digits)"),
    Card("centrality.closeness", "Closeness", "Nabijheid",
         "1: a direct tie to everyone it can reach. Low: a long way round.",
         "Freeman (1979)",
         f"R's sna on {KNOKE} (6 digits); networkx (10 digits)"),
    Card("centrality.harmonic", "Harmonic closeness", "Harmonische nabijheid",
         "1: a direct tie to everyone. 0: reaches nobody.",
         "Rochat (2009); Marchiori & Latora (2000)",
         f"{FORTY}; networkx (10 digits)"),
    Card("centrality.eigenvector", "Eigenvector centrality", "Eigenvectorcentraliteit",
         "High: in the thick of the best connected part. 0: outside it.",
         "Bonacich (1972)",
         "networkx; numpy (10 digits)"),
    Card("centrality.reach", "Reach within a few steps", "Bereik binnen enkele stappen",
         "High: news travels fast from here.",
         "Hanneman & Riddle (2005)",
         "networkx (12 digits)"),
    # closure
    Card("closure.clustering", "Ties among partners", "Onderlinge relaties van partners",
         "High: a close circle. Low: the partners need this actor to meet.",
         "Watts & Strogatz (1998)",
         f"{FORTY}; networkx (12 digits)"),
    Card("closure.net_reciprocity", "Reciprocity", "Wederkerigheid",
         "High: give and take. Low: one side gives, or does not see the tie.",
         "Hanneman & Riddle (2005)",
         f"{KNOKE} (12 digits); {FORTY}; networkx (12 digits); a count over known pairs"),
    Card("closure.net_transitivity", "Transitivity", "Transitiviteit",
         "High: the partner of a partner is a partner. Low: chains and stars.",
         "Holland & Leinhardt (1971)",
         f"{REAL}; {FORTY}; a count over all triples (12 digits)"),
    Card("closure.tie_is_reciprocated", "Returned tie", "Beantwoorde relatie",
         "True: both sides name the tie.",
         "Hanneman & Riddle (2005)",
         "the definition, tie by tie, exactly"),
    Card("closure.tie_is_simmelian", "Simmelian tie", "Simmeliaanse relatie",
         "True: a mutual tie inside a mutual threesome, which tends to last.",
         "Krackhardt (1998)",
         "a count over all triples, exactly"),
    Card("closure.net_dyad_census", "Dyad census", "Telling van paren",
         "Many asymmetric pairs: dependence, or two sides who do not see the same tie.",
         "Holland & Leinhardt (1970)",
         f"R's sna on {KNOKE}, chemnet and {FORTY_ONLY}, exactly"),
    Card("closure.net_triad_census", "Triad census", "Telling van drietallen",
         "Many 300: closed circles. Many 201 and 021: actors in between.",
         "Holland & Leinhardt (1970)",
         f"R's sna on {KNOKE}, chemnet and {FORTY_ONLY}; igraph; networkx, all exactly"),
    # cohesion
    Card("cohesion.net_density", "Density", "Dichtheid",
         "High: nearly everyone works with everyone, at a price in upkeep. Falls as a network grows.",
         "Hanneman & Riddle (2005)",
         f"{KNOKE} (12 digits); {REAL}; {FORTY}; networkx (12 digits)"),
    Card("cohesion.net_centralization", "Centralization", "Centralisatie",
         "High: one hub; quick to steer, easy to disrupt. 0: all alike.",
         "Freeman (1979)",
         f"{KNOKE} (10 digits); {REAL}; {FORTY}; every network of three and four actors"),
    Card("cohesion.net_components", "Number of separate parts", "Aantal losse delen",
         "1: everyone can be reached somehow. High: fragments without contact.",
         "Hanneman & Riddle (2005)",
         f"{REAL}; {FORTY}; networkx, exactly"),
    Card("cohesion.component", "Separate part", "Los deel",
         "The number of the part an actor stands in; 1 is the largest.",
         "Hanneman & Riddle (2005)",
         "networkx, exactly"),
    Card("cohesion.is_cutpoint", "Cutpoint", "Scharnieractor",
         "True: without this actor the network falls apart further.",
         "Hanneman & Riddle (2005)",
         f"{FORTY}; networkx and the removal of every actor, exactly"),
    Card("cohesion.tie_is_bridge", "Bridge", "Brug",
         "True: the only connection between two parts.",
         "Hanneman & Riddle (2005)",
         "networkx, exactly"),
    Card("cohesion.coreness", "Coreness", "Kerngraad",
         "High: in a group that holds together even as the less tied leave.",
         "Seidman (1983)",
         f"R's igraph on {KNOKE} and {FORTY_ONLY}; networkx, all exactly"),
    Card("cohesion.net_fragmentation", "Fragmentation", "Fragmentatie",
         "Share of pairs that cannot reach each other. 0: one whole.",
         "Borgatti (2006)",
         "R's sna (one minus connectedness); networkx (12 digits)"),
    Card("cohesion.net_distance", "Mean distance", "Gemiddelde afstand",
         "Low: news travels fast. Pairs out of reach are left out.",
         "Hanneman & Riddle (2005)",
         f"R's sna on {KNOKE} (6 digits); {FORTY}; networkx (12 digits)"),
    Card("cohesion.net_compactness", "Compactness", "Compactheid",
         "1: everyone is tied to everyone. 0: no ties.",
         "Borgatti (2006)",
         f"{KNOKE} (10 digits); {FORTY}; networkx (12 digits)"),
    Card("cohesion.net_diameter", "Diameter", "Diameter",
         "High: somebody hears last.",
         "Hanneman & Riddle (2005)",
         f"R's sna on {KNOKE}, exactly; networkx (12 digits)"),
    Card("cohesion.net_connectedness", "Connectedness", "Verbondenheid",
         "1: one whole. 0: no ties.",
         "Krackhardt (1994)",
         f"R's sna on {KNOKE} (12 digits); {FORTY}; the definition over all pairs (12 digits)"),
    Card("cohesion.net_hierarchy", "Hierarchy of reach", "Hiërarchie van bereik",
         "1: a pure order of command. 0: whoever is reached can answer back.",
         "Krackhardt (1994)",
         f"R's sna on {KNOKE} (12 digits); {FORTY}; the definition over all pairs (12 digits)"),
    Card("cohesion.net_efficiency", "Sparing with ties", "Zuinigheid met relaties",
         "1: no tie too many; cheap but fragile. 0: everyone is tied to everyone.",
         "Krackhardt (1994)",
         f"UCINET on {KNOKE} (4 digits printed); R's sna (12 digits); the definition (12 digits)"),
    Card("cohesion.net_least_upper_boundedness", "Common superior", "Gemeenschappelijke hogere",
         "1: always somebody to appeal to, as in a tree. Low: conflicts have no clear place to go.",
         "Krackhardt (1994)",
         "the definition over all pairs (12 digits); R's sna tests something else"),
    Card("cohesion.core_periphery", "Core and periphery", "Kern en periferie",
         "High fit: one heart that holds together, and a rim. Low: several hearts, or none.",
         "Borgatti & Everett (2000)",
         f"the optimum for {KNOKE}, both pictures; every subset one by one (10 digits)"),
    Card("cohesion.cliques", "Cliques", "Cliques",
         "Groups in which everyone works with everyone.",
         "Luce & Perry (1949)",
         "networkx, exactly"),
    Card("cohesion.clique_overlap", "Overlap of cliques", "Overlap van cliques",
         "High: the same group is tied in both ways. 0: nobody in common.",
         "after Provan & Sebastian (1998)",
         "sets of networkx's cliques, exactly"),
    Card("cohesion.net_small_world", "Small world", "Kleine wereld",
         "Above 1: cliquish, and yet everyone is near everyone. About 1: as chance has it.",
         "Watts & Strogatz (1998); Humphries & Gurney (2008)",
         "networkx on its own random networks (within 5 %)"),
    # brokerage
    Card("brokerage.constraint", "Constraint", "Inperking",
         "High: the partners lead back to each other. Low: many openings.",
         "Burt (1992)",
         f"Borgatti (1997) (3 digits printed); {KNOKE}, {FORTY}, igraph and networkx (10 digits)"),
    Card("brokerage.effective_size", "Effective size", "Effectieve omvang",
         "How many partners do not lead to the same others.",
         "Burt (1992); Borgatti (1997)",
         f"Borgatti (1997) (3 digits printed); {KNOKE}; networkx (10 digits)"),
    Card("brokerage.efficiency", "Efficiency of ties", "Efficiëntie van relaties",
         "High: each tie leads to somebody else. Low: many ties, few new contacts.",
         "Burt (1992)",
         f"the example of Borgatti (1997); {KNOKE} (10 digits)"),
    Card("brokerage.hierarchy", "Concentration of constraint", "Concentratie van inperking",
         "High: one partner brings nearly all the constraint.",
         "Burt (1992)",
         f"the example of Borgatti (1997); {KNOKE}; the formula written out (10 digits)"),
    Card("brokerage.roles", "Brokerage roles", "Makelaarsrollen",
         "How often an actor stands between two who are not tied, by the groups of the three.",
         "Gould & Fernandez (1989)",
         f"R's sna on chemnet and {FORTY_ONLY}; every triple, all exactly"),
    Card("brokerage.role_expectations", "Brokerage roles by chance", "Makelaarsrollen bij toeval",
         "z above 2: more than the size of the groups and the density bring about.",
         "Gould & Fernandez (1989)",
         f"R's sna on chemnet and {FORTY_ONLY}; all networks of three (10 digits)"),
    Card("brokerage.net_roles", "Brokerage in the network", "Makelaarsrollen in het netwerk",
         "Observed, expected by chance, and how far apart.",
         "Gould & Fernandez (1989)",
         f"R's sna on chemnet and {FORTY_ONLY}; all networks of a few actors (10 digits)"),
    Card("brokerage.profile", "Broker profile", "Makelaarsprofiel",
         "The position of every actor as a broker, in one table.",
         "Burt (1992); Gould & Fernandez (1989)",
         "the measures it gathers, exactly"),
    Card("brokerage.group_roles", "Brokerage roles per group", "Makelaarsrollen per groep",
         "Observed above expected: the members of the group broker more than chance would have them.",
         "Gould & Fernandez (1989)",
         "R's sna on chemnet, summed; all networks of a few actors (10 digits)"),
    Card("brokerage.honest_broker", "Pairs of partners apart", "Partnerparen zonder relatie",
         "High: many partners would not meet without this actor.",
         "the help of UCINET on its honest broker index",
         "a look at every pair of partners, exactly"),
    Card("brokerage.everett_valente", "Betweenness gained per tie", "Tussenpositie per relatie",
         "High: few ties carry much of what passes. 0: nothing has to pass here.",
         "known from Everett & Valente (2016)",
         f"recorded values for {KNOKE}; networkx (10 digits)"),
    Card("brokerage.bridging", "Closeness kept by ties", "Nabijheid dankzij relaties",
         "High: the ties of this actor keep others close. Near 0: there are ways round.",
         "known from Valente & Fujimoto (2010)",
         "networkx, tie by tie (10 digits)"),
    Card("brokerage.key_players", "Key players", "Sleutelspelers",
         "Disrupt: the set whose loss breaks most. Reach: the set that is closest to everybody.",
         "known from Borgatti (2006)",
         f"optima for {KNOKE} (10 digits); R's keyplayer (7); all sets with networkx (12)"),
    # removal
    Card("removal.losses", "What each loss would leave", "Wat elk vertrek overlaat",
         "High cut_off: many meet through this actor only. 0: all others have another way round.",
         "Borgatti (2006)",
         "networkx, with every actor taken out in turn (12 digits)"),
    Card("removal.pair_losses", "What the loss of two would leave", "Wat het vertrek van twee overlaat",
         "High cut_off: these two must not leave together, each may be the other's way round.",
         "Borgatti (2006)",
         "networkx, with every pair taken out in turn (12 digits)"),
    Card("removal.distance_fragmentation", "Distance left by each loss", "Afstand na elk vertrek",
         "High beside the rest: this actor keeps the others near, and detours are long.",
         "Borgatti (2006)",
         "R's keyplayer (7 digits); networkx and igraph by deletion (12 digits)"),
    # organizations by events
    Card("two_mode.degree", "Number of events", "Aantal activiteiten",
         "High: it sits at many tables. An actor that did not answer has no known events.",
         "Borgatti & Everett (1997)",
         "networkx, exactly"),
    Card("two_mode.net_density", "Density of memberships", "Dichtheid van deelnames",
         "High: everybody takes part in nearly everything.",
         "Borgatti & Everett (1997)",
         "networkx (12 digits)"),
    Card("two_mode.roles", "Brokerage between tables", "Makelaarsrollen tussen tafels",
         "High: many others sit at no common table but meet through this actor.",
         "known from Jasny & Lubell (2015); the definition is our own",
         "a look at every chain (10 digits)"),
    # diversity
    Card("diversity.ei_index", "E-I index", "E-I-index",
         "1: outside ties only. -1: ties within the own group only.",
         "Krackhardt & Stern (1988)",
         "a count over all ties (12 digits)"),
    Card("diversity.group_ei_index", "E-I index of a group", "E-I-index van een groep",
         "1: an open group. -1: a closed one.",
         "Krackhardt & Stern (1988)",
         "a count over all ties (12 digits)"),
    Card("diversity.net_ei_index", "E-I index of the network", "E-I-index van het netwerk",
         "High: an integrated network. Low: separate worlds.",
         "Krackhardt & Stern (1988)",
         "chemnet (10 digits); a count over all ties; every network of four actors (12 digits)"),
    Card("diversity.blau", "Heterogeneity of partners", "Verscheidenheid van partners",
         "High: partners from everywhere. 0: all of one kind.",
         "Blau (1977)",
         "a count over all partners (12 digits)"),
    Card("diversity.iqv", "Index of qualitative variation", "Index van kwalitatieve variatie",
         "1: all groups alike among the partners. 0: all of one kind.",
         "Mueller, Schuessler & Costner (1970)",
         "a count over all partners (12 digits)"),
    Card("diversity.net_assortativity", "Assortativity", "Assortativiteit",
         "1: ties within groups only. 0: as chance has it. Below 0: like avoids like.",
         "Newman (2003)",
         "networkx; igraph (10 digits)"),
    # social capital
    Card("social_capital.bonding", "Bonding ties", "Bindend kapitaal",
         "High: support and trust among equals, little news.",
         "after Szreter & Woolcock (2004); the shares are our default",
         "a count over all ties (12 digits)"),
    Card("social_capital.bridging", "Bridging ties", "Overbruggend kapitaal",
         "High: news and resources from elsewhere.",
         "after Szreter & Woolcock (2004); the shares are our default",
         "a count over all ties (12 digits)"),
    Card("social_capital.linking", "Linking ties", "Verbindend kapitaal",
         "High: access to those who decide, or to those decided about.",
         "after Szreter & Woolcock (2004); the shares are our default",
         "a count over all ties (12 digits)"),
    Card("social_capital.net_social_capital", "Social capital of the network",
         "Sociaal kapitaal van het netwerk",
         "Each measure with its sign: whether more of it counts for or against.",
         "Borgatti, Jones & Everett (1998); the signs are our default",
         "the measures it gathers; networkx; every shortest path (12 digits)"),
    Card("social_capital.position_generator", "Access to positions", "Toegang tot posities",
         "High extensity: contacts in many corners. High upper reachability: a way to the top.",
         "Lin's position generator, as in van der Gaag's overview",
         "by hand, exactly"),
    Card("social_capital.resource_generator", "Access to resources", "Toegang tot hulpbronnen",
         "High: much within reach without owning it.",
         "van der Gaag & Snijders (2005)",
         "by hand, exactly"),
    # trust
    Card("trust.scores", "Trust scores", "Vertrouwensscores",
         "High received: trusted by its partners. Sent above received: trusts more than it is trusted.",
         "PARTNER",
         "by hand, exactly"),
    Card("trust.net_trust", "Trust in the network", "Vertrouwen in het netwerk",
         "High: trust is widespread; how it is spread stands in the scores.",
         "PARTNER; the share of the scale is our default",
         "by hand, exactly"),
    Card("trust.reliability", "Reliability of a scale", "Betrouwbaarheid van een schaal",
         "High: the items agree, their mean makes sense. Low: report them apart.",
         "Cronbach (1951)",
         "the same coefficient from covariances (12 digits)"),
    Card("trust.net_multiplexity", "Multiplexity", "Meervoudigheid",
         "High: ties with several strands, which survive the loss of one.",
         "after Provan & Milward (2001)",
         f"{KNOKE}, 11 of 60, exactly"),
    # positions
    Card("positions.structural_equivalence", "Structural equivalence", "Structurele gelijkwaardigheid",
         "Alike actors are tied to the same others: they compete, or can stand in for one another.",
         "Breiger, Boorman & Arabie (1975)",
         f"the correlations published for {KNOKE} (8 digits); pandas (12 digits)"),
    Card("positions.concor", "Positions by splitting", "Posities door splitsing",
         "Actors of one block are tied to much the same others.",
         "Breiger, Boorman & Arabie (1975)",
         f"the first split of {KNOKE}, exactly"),
    Card("positions.blockmodel", "Block model", "Blokmodel",
         "Who relates to whom, in outline. High fit: knowing the positions is nearly knowing the ties.",
         "White, Boorman & Breiger (1976)",
         "a count over all dyads (12 digits); a regression on block pairs (10 digits)"),
    Card("positions.regular_equivalence", "Regular equivalence", "Reguliere gelijkwaardigheid",
         "Alike actors play the same role, with different partners.",
         "White & Reitz (1985)",
         "the formula written out (12 digits); a tree of command"),
    # change
    Card("change.net_stability", "Stability of ties", "Stabiliteit van relaties",
         "1: no tie changed. Low: ties come and go; read it with what is lost and new.",
         "the manual of RSiena",
         f"a count over all dyads, exactly; {KNOKE} (12 digits)"),
    Card("change.net_turnover", "Turnover of organizations", "Verloop van organisaties",
         "0: the same organizations. 1: none of them stayed.",
         "one minus the Jaccard index of the actors",
         "sets, exactly"),
    Card("change.tie_fate", "What became of ties", "Wat er van relaties werd",
         "Kept, lost, new, gone or come with an actor, or unknown.",
         "the manual of RSiena",
         "a count over all dyads, exactly"),
    Card("change.entry_exit", "Entry and exit", "Toetreding en vertrek",
         "High exit: partners leave. Both high: another network under the same name.",
         "counts of members",
         "sets, exactly"),
]  # fmt: skip


def catalogue() -> pd.DataFrame:
    """Return every measure of the library: what it is, how to read it, and what it was checked against.

    Returns
    -------
    pandas.DataFrame
        One row per measure; columns ``measure, title, how to read, source, checked against``.

    Examples
    --------
    >>> catalogue().set_index("measure").loc["cohesion.net_density", "title"]
    'Density'
    """
    rows = [(c.measure, c.title, c.read, c.source, c.checked) for c in CARDS]
    columns = ["measure", "title", "how to read", "source", "checked against"]
    return pd.DataFrame(rows, columns=columns)


def card(measure: str) -> Card:
    """Return the card of one measure, by its full name or by the name of the function alone.

    Parameters
    ----------
    measure : str
        As ``"cohesion.net_density"``, or ``"net_density"``.

    Raises
    ------
    UndefinedError
        Where there is no such measure; the message names the nearest one.

    Examples
    --------
    >>> card("net_density").title_nl
    'Dichtheid'
    """
    for one in CARDS:
        if measure in (one.measure, one.measure.partition(".")[2]):
            return one
    hint = nearest(measure, [one.measure for one in CARDS]) or "catalogue() lists them all"
    raise UndefinedError(f"There is no measure {measure!r}; {hint}")
