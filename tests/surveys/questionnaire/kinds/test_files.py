import pytest

from surveys.questionnaire.kinds import FilesAnswer
from surveys.questionnaire.values import InvalidValue

TWO = FilesAnswer((".pdf",), max_files=2, max_mb=10)


@pytest.mark.parametrize(
    ("raw", "value"), [("f-1", ["f-1"]), (["f-2", "f-1", "f-2", ""], ["f-2", "f-1"])]
)
def test_ids_are_kept_in_order_each_once(raw: object, value: list[str]) -> None:
    assert TWO.normalise(raw) == value


def test_too_many_files_are_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^添付できるファイルは2件までです。$"):
        TWO.normalise(["a", "b", "c"])


@pytest.mark.parametrize("raw", ["../etc/passwd", [1], {"id": "a"}, 3])
def test_anything_but_an_id_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^ファイルを添付してください。$"):
        TWO.normalise(raw)
