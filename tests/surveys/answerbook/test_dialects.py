"""Workbooks as other programs write them."""

import datetime as dt
import re
from collections.abc import Callable

import pytest

from surveys.questionnaire import Questionnaire
from tests.surveys.answerbook.books import (
    filled,
    read,
    rewritten,
    values,
)


def with_readings(name: str, xml: str) -> str:
    """As Japanese Excel writes a word that was typed by its sound."""
    typed = '<r><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'
    return xml.replace("<t>東京</t>", typed) if name == "xl/sharedStrings.xml" else xml


def strict(name: str, xml: str) -> str:
    """As Excel writes its "Strict Open XML" form."""
    office, iso = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
    main = xml.replace(f"{office}/spreadsheetml/2006/main", f"{iso}/spreadsheetml/main")
    return main.replace(
        f"{office}/officeDocument/2006/relationships", f"{iso}/officeDocument/relationships"
    )


def with_prefixes(name: str, xml: str) -> str:
    """As libraries of other languages write."""
    if not name.startswith(("xl/worksheets/sheet", "xl/sharedStrings", "xl/workbook.xml")):
        return xml
    prefixed = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml)
    return prefixed.replace('xmlns="', 'xmlns:x="')


@pytest.mark.parametrize("dialect", [with_readings, strict, with_prefixes])
def test_other_programs_dialects_are_understood(
    questionnaire: Questionnaire, empty: bytes, dialect: Callable[[str, str], str]
) -> None:
    typed = {("t", ""): "東京", ("n", ""): 5, ("d", ""): dt.date(2026, 11, 23)}

    reading = read(questionnaire, rewritten(filled(empty, typed), dialect))

    assert (values(reading), reading.complaints) == (
        {"n": 5, "t": "東京", "d": "2026-11-23"},
        (),
    )
