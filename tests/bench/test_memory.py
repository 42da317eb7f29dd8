import pytest

from bench.memory import peak_megabytes


def test_the_peak_grows_by_what_the_work_held() -> None:
    resting = peak_megabytes("tests.bench.appetite", "nothing")
    assert peak_megabytes("tests.bench.appetite", "sixty_megabytes") - resting == pytest.approx(
        60, abs=3
    )


def test_the_memory_of_this_process_does_not_count() -> None:
    ballast = bytearray(b"x") * (100 * 1024 * 1024)
    assert peak_megabytes("tests.bench.appetite", "nothing") < 100
    assert len(ballast) == 100 * 1024 * 1024
