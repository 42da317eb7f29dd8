import csv
from io import BytesIO, StringIO

import pytest

from onepublic.workbook import read_rows
from surveys.models import Release
from surveys.results.books import write_results
from tests.factories.releases import closed_survey, release_of, results

pytestmark = pytest.mark.django_db


def book(ending: str) -> bytes:
    survey = closed_survey(2)
    release = release_of(survey, by=survey.created_by)
    release = Release.objects.light().get(pk=release.pk)
    target = BytesIO()
    released = results()
    write_results(target, ending, release, released.head, released.sections)
    return target.getvalue()


def test_the_csv_has_every_group_and_marks_what_is_hidden() -> None:
    lines = list(csv.reader(StringIO(book("csv").decode("utf-8-sig"), newline="")))

    assert lines[1] == [
        "staff", "職員数", "人", "全国", "全国", "", "30", "30", "", "", "4.0", "7.0", "12.5",
    ]  # fmt: skip
    assert lines[3][3:] == ["団体の種別", "村", "", "x", "x", "", "", "x", "x", "x"]
    assert lines[5][3:] == ["全国", "全国", "はい", "30", "30", "18", "0.6", "", "", ""]
    assert len(lines) == 1 + 4 + 2 * 4 + 4


def test_the_workbook_says_how_it_is_read() -> None:
    found = {str(row[0]): row[1] for row in read_rows(BytesIO(book("xlsx")), "概要") if row[1:]}

    assert found["x"] == "秘匿した値。3団体未満の数と、それを合計などから逆算できる数"
    assert found["結果の活用"] == "研修の計画に用いました。"
    assert found["提出した団体"] == 30
