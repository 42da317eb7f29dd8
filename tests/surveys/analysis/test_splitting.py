from itertools import chain

import pytest

from surveys.analysis.splitting import Split, by_answer
from surveys.compilation.codes import NONE_APPLIES, NOT_APPLICABLE
from surveys.compilation.columns import AnswerColumn, answer_columns
from tests.surveys.questionnaire.building import Json, multiple, number, parsed, single


def column_of(question: Json) -> AnswerColumn:
    return answer_columns(parsed(question).fields, {})[0]


def members(split: Split) -> dict[str, list[int]]:
    return {group.name: group.members for group in split.groups}


def test_numbers_are_put_into_quarters_with_their_limits() -> None:
    split = by_answer(column_of(number("a")), [1, 2, 3, 4, 5, None, NONE_APPLIES])

    assert members(split) == {
        "2人以下": [0, 1],
        "2人超3人以下": [2],
        "3人超4人以下": [3],
        "4人超": [4],
        "（空欄）": [5],
        "（該当なし）": [6],
    }


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([0, 0, 0, 0, 9], ["0人以下", "0人超"]),
        ([7, 7, 7], ["全ての値"]),
        ([1, 2], ["1.25人以下", "1.75人超"]),
        ([1_000, 2_000, 3_000, 90_000], ["1,750人以下", "1,750人超2,500人以下"]),
    ],
)
def test_equal_numbers_are_never_parted(cells: list[int], names: list[str]) -> None:
    split = by_answer(column_of(number("a")), cells)

    assert [group.name for group in split.groups][: len(names)] == names
    assert sorted(chain.from_iterable(group.members for group in split.groups)) == list(
        range(len(cells))
    )


def test_who_chose_several_is_in_each_of_them() -> None:
    split = by_answer(
        column_of(multiple("m")), ["一；三", "三", NOT_APPLICABLE, None, "昔の選択肢"]
    )

    assert members(split) == {
        "一": [0],
        "三": [0, 1],
        "（選択肢にない回答）": [4],
        "（空欄）": [3],
        "（対象外）": [2],
    }
    assert split.note == "複数を選択した団体は、選択した全ての区分に数えています。"


def test_nobody_makes_no_group() -> None:
    groups = [by_answer(column_of(question), []).groups for question in (number("a"), single("s"))]

    assert groups == [[], []]
