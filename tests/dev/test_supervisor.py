import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import psutil
import pytest

from onepublic.dev import processes, supervisor
from onepublic.dev.console import Refusal
from onepublic.dev.supervisor import Service

FAMILY = """
import signal, sys, time
from pathlib import Path
from onepublic.dev import processes
for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
    command = ["sleep", "1000"]
    print(processes.start(command, log=Path(sys.argv[1]), death_signal=wish).pid, flush=True)
time.sleep(1000)
"""


def sleeper(log: Path, name: str = "sleeper") -> Service:
    def launch() -> subprocess.Popen[bytes]:
        return processes.start(["sleep", "1000"], log=log)

    return Service(name, launch, signal.SIGTERM)


def pid_of(service: Service) -> int:
    assert service.child is not None
    return service.child.pid


def test_pauses_grow_to_half_a_minute() -> None:
    assert list(islice(supervisor.growing_pauses(), 7)) == [1, 2, 4, 8, 16, 30, 30]


def test_services_run_inside_and_are_gone_outside(tmp_path: Path) -> None:
    services = [sleeper(tmp_path / "log"), sleeper(tmp_path / "log")]

    with supervisor.running(services):
        pids = [pid_of(service) for service in services]
        assert [psutil.pid_exists(pid) for pid in pids] == [True, True]

    assert [psutil.pid_exists(pid) for pid in pids] == [False, False]


def test_the_last_started_stops_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    services = [sleeper(tmp_path / "log", "first"), sleeper(tmp_path / "log", "second")]
    stopped = []
    stop = Service.stop

    def record(service: Service) -> None:
        stopped.append(service.name)
        stop(service)

    monkeypatch.setattr(Service, "stop", record)
    with supervisor.running(services):
        pass

    assert stopped == ["second", "first"]


def test_a_killed_service_is_announced_and_starts_again_after_its_pause(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = sleeper(tmp_path / "log", "worker")
    with supervisor.running([service]):
        killed = pid_of(service)
        psutil.Process(killed).kill()
        assert service.child is not None
        service.child.wait()

        service.tend()
        during_pause = pid_of(service)
        service.restart_at = time.monotonic()
        service.tend()

        assert during_pause == killed
        assert pid_of(service) != killed
        assert psutil.pid_exists(pid_of(service))
    assert capsys.readouterr().out == "worker が終了しました。1秒後に再起動します。\n"


def test_a_healthy_service_is_left_alone(tmp_path: Path) -> None:
    service = sleeper(tmp_path / "log")
    with supervisor.running([service]):
        before = pid_of(service)

        service.tend()

        assert pid_of(service) == before


def test_stopping_takes_a_deaf_process_and_its_children_too(tmp_path: Path) -> None:
    deaf = "trap '' TERM; sleep 1000 & sleep 1000 & wait; wait"
    child = processes.start(["sh", "-c", deaf], log=tmp_path / "log")
    while len(psutil.Process(child.pid).children()) < 2:
        time.sleep(0.01)
    family = [psutil.Process(child.pid), *psutil.Process(child.pid).children()]

    processes.stop(child, signal.SIGTERM, patience=0.2)

    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


@pytest.mark.faults
@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG は Linux だけの機能です")
def test_kill_9_of_the_parent_leaves_no_child(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FAMILY, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [psutil.Process(int(parent.stdout.readline())) for _ in range(3)]

        parent.kill()

        _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


def test_a_failed_command_is_a_sentence_with_the_place_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log"

    with pytest.raises(Refusal) as refusal:
        processes.run(["sh", "-c", "echo why; exit 3"], log=log, sentence="失敗しました。")

    assert str(refusal.value) == f"失敗しました。（詳細: {log}）"
    assert processes.last_lines(log) == "why"
