"""The questionnaire as a workbook: a row per organization and partner, answers from drop-down lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

if TYPE_CHECKING:
    from orgnet_analytics.instruments.items import Item
    from orgnet_analytics.instruments.questionnaire import Questionnaire

LISTS = "Lists"
HEAD = PatternFill("solid", fgColor="DDE6EE")


def save_workbook(form: Questionnaire, path: Path) -> None:
    """Write the workbook: read me, answers, general questions, organizations, and a hidden sheet of lists."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    lists = _Lists(form)
    _read_me(book.create_sheet(form.word("Read me")), form)
    _answers(book.create_sheet(form.word("Answers")), form, lists)
    if form.general:
        _general(book.create_sheet(form.word("General")), form, lists)
    _organizations(book.create_sheet(form.word("Organizations")), form, lists)
    lists.write(book.create_sheet(LISTS))
    book.save(path)


class _Lists:
    """The answers to choose from, a column each on a hidden sheet, and the rules that point at them."""

    def __init__(self, form: Questionnaire) -> None:
        self.columns = {
            key: [choice.says[form.lang] for choice in answers]
            for key, answers in form.scales.items()
        }
        self.columns |= {"actor": list(form.actors["label"]),
                         "answered": [form.word("yes"), form.word("no")]}  # fmt: skip

    def rule(self, key: str, prompt: str) -> DataValidation:
        """Return the drop-down of one list, with the question as its prompt."""
        letter = get_column_letter(list(self.columns).index(key) + 1)
        span = f"'{LISTS}'!${letter}$1:${letter}${len(self.columns[key])}"
        rule = DataValidation(type="list", formula1=span, allow_blank=True, showErrorMessage=True)
        rule.prompt, rule.showInputMessage = prompt[:255], True
        return rule

    def write(self, sheet: Any) -> None:
        for at, texts in enumerate(self.columns.values(), start=1):
            for row, text in enumerate(texts, start=1):
                _put(sheet, row, at, text)
        sheet.sheet_state = "hidden"


def _put(sheet: Any, row: int, column: int, value: Any) -> Any:
    """Write a cell; a text that looks like a formula stays a text."""
    if pd.isna(value):
        value = None
    cell = sheet.cell(row, column, value.item() if hasattr(value, "item") else value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _headed(sheet: Any, headings: list[str], width: int = 24) -> None:
    for at, heading in enumerate(headings, start=1):
        cell = _put(sheet, 1, at, heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True), HEAD, Alignment(wrap_text=True)
        sheet.column_dimensions[get_column_letter(at)].width = width


def _drop_downs(
    sheet: Any, items: dict[str, Item], first: int, rows: int, look: tuple[str, _Lists]
) -> None:
    lang, lists = look
    for at, item in enumerate(items.values(), start=first):
        rule = lists.rule(item.scale, item.asks[lang])
        sheet.add_data_validation(rule)
        letter = get_column_letter(at)
        rule.add(f"{letter}2:{letter}{rows + 1}")


def _answers(sheet: Any, form: Questionnaire, lists: _Lists) -> None:
    items = dict(form.relations)
    titles = [item.title[form.lang] for item in items.values()]
    _headed(sheet, [form.word("organization"), form.word("partner"), *titles])
    labels = list(form.actors["label"])
    pairs = [(one, other) for one in labels for other in labels if one != other]
    for row, pair in enumerate(pairs, start=2):
        for at, name in enumerate(pair, start=1):
            _put(sheet, row, at, name)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:B{len(pairs) + 1}"
    _drop_downs(sheet, items, 3, len(pairs), (form.lang, lists))


def _general(sheet: Any, form: Questionnaire, lists: _Lists) -> None:
    items = dict(form.general)
    titles = [item.title[form.lang] for item in items.values()]
    _headed(sheet, [form.word("organization"), *titles])
    for row, name in enumerate(form.actors["label"], start=2):
        _put(sheet, row, 1, name)
    sheet.freeze_panes = "B2"
    _drop_downs(sheet, items, 2, len(form.actors), (form.lang, lists))


def _organizations(sheet: Any, form: Questionnaire, lists: _Lists) -> None:
    table = form.roster()
    _headed(sheet, [*map(str, table.columns), form.word("answered")])
    for row, values in enumerate(table.itertuples(index=False), start=2):
        for at, value in enumerate((*values, form.word("no")), start=1):
            _put(sheet, row, at, value)
    rule = lists.rule("answered", form.word("answered"))
    sheet.add_data_validation(rule)
    letter = get_column_letter(len(table.columns) + 1)
    rule.add(f"{letter}2:{letter}{len(table) + 1}")


def _read_me(sheet: Any, form: Questionnaire) -> None:
    texts = [form.name or form.word("title"), form.word("intro"), form.word("steps"), ""]
    for item in (*form.relations.values(), *form.general.values()):
        texts.append(f"{item.title[form.lang]}: {item.asks[form.lang]}")
    sheet.column_dimensions["A"].width = 110
    for row, text in enumerate(texts, start=1):
        _put(sheet, row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)
