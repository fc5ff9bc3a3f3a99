"""Every word of the explorers, in English and Dutch."""

from __future__ import annotations

from orgnet_analytics.figures.words import word as word_on_figures

WORDS: dict[str, dict[str, str]] = {
    "relation": {"en": "tie", "nl": "relatie"},
    "by": {"en": "groups", "nl": "groepen"},
    "measure": {"en": "size", "nl": "grootte"},
    "choose": {"en": "organization", "nl": "organisatie"},
    "none": {"en": "(none)", "nl": "(geen)"},
    "pairs": {"en": "pairs brokered", "nl": "bemiddelde paren"},
    "from": {"en": "from", "nl": "van"},
    "to": {"en": "to", "nl": "naar"},
    "between": {"en": "between", "nl": "tussen"},
    "and": {"en": "and", "nl": "en"},
    "role": {"en": "role", "nl": "rol"},
    "representative or gatekeeper": {
        "en": "representative or gatekeeper",
        "nl": "vertegenwoordiger of poortwachter",
    },
    "hint": {
        "en": "Click an organization to see the pairs it brokers.",
        "nl": "Klik op een organisatie om te zien tussen welke paren ze staat.",
    },
    "pairs_none": {
        "en": "{name} brokers no pair: whoever it connects is tied already, or it connects nobody.",
        "nl": "{name} staat tussen geen enkel paar: wie ze verbindt, heeft al een relatie, of "
        "ze verbindt niemand.",
    },
    "pairs_said": {
        "en": "{name} stands between {pairs} pairs that have no tie of their own.",
        "nl": "{name} staat tussen {pairs} paren die zelf geen relatie hebben.",
    },
    "pairs_one": {
        "en": "{name} stands between one pair that has no tie of its own.",
        "nl": "{name} staat tussen één paar dat zelf geen relatie heeft.",
    },
    "pairs_more": {
        "en": "The first {shown} are shown; explore.brokered_pairs gives all.",
        "nl": "De eerste {shown} staan hier; explore.brokered_pairs geeft ze alle.",
    },
}


def word(key: str, lang: str) -> str:
    """Return the words ``key`` stands for; those of the figures are known too."""
    return WORDS[key][lang] if key in WORDS else word_on_figures(key, lang)
