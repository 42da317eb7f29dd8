import pytest

from surveys.questionnaire.kinds import OrganizationAnswer
from surveys.questionnaire.values import InvalidValue

BODY = OrganizationAnswer()


@pytest.mark.parametrize(
    ("raw", "code"),
    [("011002", "011002"), ("０１１００２", "011002"), (11002, "011002"), (131016.0, "131016")],
)
def test_a_code_is_read_as_a_form_or_a_sheet_gives_it(raw: object, code: str) -> None:
    assert BODY.normalise(raw) == code


@pytest.mark.parametrize(
    "raw",
    ["01100", "0110022", "札幌市", "01100２x", 5, 1e9, float("inf"), True, ["011002"], "1" * 99],
)
def test_what_is_no_code_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^団体コードを、6桁の数字で入力してください。$"):
        BODY.normalise(raw)


@pytest.mark.parametrize("raw", ["011003", 13101])
def test_a_wrong_check_digit_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^団体コードの検査数字（6桁目）が合いません。"):
        BODY.normalise(raw)
