import json
from decimal import Decimal

import pytest

from surveys.questionnaire import NONE_APPLICABLE, Value, is_blank, to_json


@pytest.mark.parametrize("raw", [None, "", " ", "　\n", [], [""], ["", None]])
def test_blank(raw: object) -> None:
    assert is_blank(raw) is True


@pytest.mark.parametrize("raw", [0, 0.0, False, "0", ["1"], NONE_APPLICABLE, {"none": True}])
def test_not_blank(raw: object) -> None:
    assert is_blank(raw) is False


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, "null"),
        (0, "0"),
        (Decimal("12.5"), "12.5"),
        (Decimal("99999999999.1234"), "99999999999.1234"),
        (Decimal("3.00"), "3"),
        (False, "false"),
        (["1", "2"], '["1", "2"]'),
        (NONE_APPLICABLE, '{"none": true}'),
    ],
)
def test_values_as_json(value: Value, stored: str) -> None:
    assert json.dumps(to_json(value)) == stored
