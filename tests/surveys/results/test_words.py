import pytest

from surveys.results.words import number, organizations, quartile, share


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "x"), (0, "0人"), (1234, "1,234人"), (12.5, "12.5人"), (0.126, "0.13人")],
)
def test_a_number_is_written_with_its_unit(value: float | None, text: str) -> None:
    assert number(value, "人") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "x"), (6.25, "6.3"), (-6.25, "-6.3"), (999.96, "1,000"), (235983.5, "235,984")],
)
def test_a_quartile_has_one_place_or_none(value: float | None, text: str) -> None:
    assert quartile(value) == text


def test_hidden_counts_are_no_zero() -> None:
    assert [share(3, 8), share(None, 8), share(3, None), share(0, 0)] == ["37.5%", "x", "x", "－"]
    assert [organizations(0), organizations(1500), organizations(None)] == [
        "0団体",
        "1,500団体",
        "x",
    ]
