"""The questionnaire as a page to print."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgnet_analytics.instruments.items import Item
    from orgnet_analytics.instruments.questionnaire import Questionnaire

STYLE = """
body { font: 11pt/1.4 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color:
#111; } table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem; } th, td { border: 1px solid
#888; padding: .25rem .4rem; text-align: center; font-size: 10pt; } th[scope=row] { text-align: left;
font-weight: normal; overflow-wrap: anywhere; } thead { display: table-header-group; } tr { break-inside:
avoid; } h2 { break-after: avoid; margin-top: 2rem; } .line { border-bottom: 1px solid #111; display:
inline-block; min-width: 20rem; } @media print { body { margin: 0; max-width: none; } }
"""
BOX = "&#9744;"


def page(form: Questionnaire) -> str:
    """Return the whole page: a table per question, a box per answer."""
    title = html.escape(form.name or form.word("title"))
    parts = [f"<h1>{title}</h1>", f"<p>{html.escape(form.word('intro'))}</p>"]
    parts.append(f'<p>{html.escape(form.word("who"))} <span class="line">&nbsp;</span></p>')
    parts += [_about_partners(form, item) for item in form.relations.values()]
    if form.general:
        parts.append(f"<h2>{html.escape(form.word('network'))}</h2>")
        parts += [_about_network(form, item) for item in form.general.values()]
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{form.lang}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _about_partners(form: Questionnaire, item: Item) -> str:
    says = [html.escape(choice.says[form.lang]) for choice in form.scales[item.scale]]
    head = "".join(f'<th scope="col">{text}</th>' for text in says)
    rows = "\n".join(
        f'<tr><th scope="row">{html.escape(label)}</th>{f"<td>{BOX}</td>" * len(says)}</tr>'
        for label in form.actors["label"]
    )
    partner = html.escape(form.word("partner"))
    return (
        f"<h2>{html.escape(item.title[form.lang])}</h2>\n<p>{html.escape(item.asks[form.lang])}</p>\n"
        f'<table><thead><tr><th scope="col">{partner}</th>{head}</tr></thead>\n<tbody>\n{rows}\n'
        "</tbody></table>"
    )


def _about_network(form: Questionnaire, item: Item) -> str:
    asks = html.escape(item.asks[form.lang])
    if item.scale == "actor":
        return f'<p>{asks}<br><span class="line">&nbsp;</span></p>'
    says = (html.escape(choice.says[form.lang]) for choice in form.scales[item.scale])
    return f"<p>{asks}<br>{' &nbsp; '.join(f'{BOX} {text}' for text in says)}</p>"
