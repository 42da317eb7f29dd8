import pytest

from onepublic.dev.console import Refusal, refusals, step


def test_a_refusal_is_one_sentence_and_exit_code_1() -> None:
    with pytest.raises(SystemExit) as ended, refusals():
        raise Refusal("ポート 8000 は使用中です。")

    assert ended.value.code == "エラー: ポート 8000 は使用中です。"


def test_a_file_in_the_way_is_named() -> None:
    with pytest.raises(SystemExit) as ended, refusals():
        raise FileExistsError(17, "File exists", ".onepublic")

    assert ended.value.code == (
        "エラー: ファイルを扱えません。（[Errno 17] File exists: '.onepublic'）"
    )


def test_ctrl_c_is_no_error() -> None:
    with pytest.raises(SystemExit) as ended, refusals():
        raise KeyboardInterrupt

    assert ended.value.code == 130


def test_a_step_is_named_when_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    with step("準備"):
        said_meanwhile = capsys.readouterr().out

    assert said_meanwhile == "準備 …\n"


def test_a_failing_step_is_not_called_finished(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refusal), step("準備"):
        raise Refusal("失敗")

    assert capsys.readouterr().out == "準備 …\n"
