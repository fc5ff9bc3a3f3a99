"""The questionnaire as an XLSForm, the form format of KoboToolbox, ODK and others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from orgnet_analytics.instruments.items import Item
    from orgnet_analytics.instruments.questionnaire import Questionnaire

Row = dict[str, str]


def save_xlsform(form: Questionnaire, path: Path) -> None:
    """Write the XLSForm: the sheets ``survey``, ``choices`` and ``settings``."""
    title = form.name or form.word("title")
    settings = [
        {"form_title": title, "form_id": "organization_network", "default_language": form.lang}
    ]
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (
        ("survey", survey(form)),
        ("choices", choices(form)),
        ("settings", settings),
    ):
        sheet, columns = (
            book.create_sheet(name),
            list(dict.fromkeys(key for row in rows for key in row)),
        )
        for place, row in enumerate([dict(zip(columns, columns, strict=True)), *rows], start=1):
            for at, column in enumerate(columns, start=1):
                cell = sheet.cell(place, at, _plain(row.get(column, "")))
                cell.data_type = "s"
    book.save(path)


def _plain(text: str) -> str:
    """Return a text that a form does not take for a reference to another question."""
    return re.sub(r"\$\s*\{", "$ {", text)


def survey(form: Questionnaire) -> list[Row]:
    """Return the questions: who answers, a group per relation, a group about the network."""
    rows = [
        {"type": "note", "name": "intro", "label": form.word("intro")},
        {"type": "select_one actors", "name": "respondent", "label": form.word("who"),
         "required": "yes"},
    ]  # fmt: skip
    for key, item in form.relations.items():
        rows.append(_group(f"group_{key}", item.asks[form.lang]))
        rows += [
            {"type": f"select_one {item.scale}", "name": f"{key}_{code}", "label": label}
            | {"relevant": f"${{respondent}} != '{code}'"}
            for code, label in zip(form.actors["code"], form.actors["label"], strict=True)
        ]
        rows.append({"type": "end_group"})
    if form.general:
        rows.append(_group("group_network", form.word("network")))
        rows += [_once(form, key, item) for key, item in form.general.items()]
        rows.append({"type": "end_group"})
    return [_referring(row) for row in rows]


def _group(name: str, label: str) -> Row:
    return {"type": "begin_group", "name": name, "label": label, "appearance": "field-list"}


def _once(form: Questionnaire, key: str, item: Item) -> Row:
    kind = "actors" if item.scale == "actor" else item.scale
    return {"type": f"select_one {kind}", "name": key, "label": item.asks[form.lang]}


def _referring(row: Row) -> Row:
    """Return the row with what people wrote made plain, and its own references left alone."""
    return {key: value if key == "relevant" else _plain(value) for key, value in row.items()}


def choices(form: Questionnaire) -> list[Row]:
    """Return the answers: the organizations, and those of each scale."""
    rows = [
        {"list_name": "actors", "name": code, "label": label}
        for code, label in zip(form.actors["code"], form.actors["label"], strict=True)
    ]
    for key, answers in form.scales.items():
        rows += [
            {"list_name": key, "name": choice.code, "label": choice.says[form.lang]}
            for choice in answers
        ]
    return rows
