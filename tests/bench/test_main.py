import json
from pathlib import Path

import pytest

from bench.__main__ import available_benches, main
from bench.measurement import Measurement, within

FAST = within("fast", "time", 1.0, "s", allowed=2.0)
SLOW = within("slow", "time", 3.0, "s", allowed=2.0)


def fast() -> list[Measurement]:
    return [FAST]


def slow() -> list[Measurement]:
    return [SLOW]


BENCHES = {"fast": fast, "slow": slow}


def test_only_modules_that_run_are_benches() -> None:
    benches = available_benches()
    assert "compile" in benches
    assert {"database", "measurement", "memory", "report", "rounds"} & set(benches) == set()


def test_a_missed_goal_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], BENCHES) == 1
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "bench",
        "fast",
        "slow",
    ]


def test_only_the_named_benches_run_and_json_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    assert main(["fast", "--json", str(file)], BENCHES) == 0
    assert [each["bench"] for each in json.loads(file.read_text(encoding="utf-8"))] == ["fast"]
    assert "slow" not in capsys.readouterr().out


def test_a_size_reaches_the_benches_that_take_one(capsys: pytest.CaptureFixture[str]) -> None:
    def sized(size: int = 9) -> list[Measurement]:
        return [within("sized", f"{size} rows", 1.0, "s", allowed=2.0)]

    main(["sized", "fast", "--size", "3"], {**BENCHES, "sized": sized})

    assert "3 rows" in capsys.readouterr().out


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["quick"], BENCHES)
    assert refusal.value.code == 2
    assert "unknown: quick; there are: fast, slow" in capsys.readouterr().err
