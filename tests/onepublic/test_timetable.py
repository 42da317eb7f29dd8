from onepublic.timetable import timetable


def test_a_sweep_runs_as_often_as_said_and_is_dropped_when_the_next_is_due() -> None:
    assert timetable(sweep_seconds=2)["deliver-due-mail"] == {
        "task": "onepublic.mail.tasks.deliver_due",
        "schedule": 2,
        "options": {"expires": 2},
    }


def test_each_task_stands_in_it_once() -> None:
    tasks = [entry["task"] for entry in timetable(sweep_seconds=30).values()]

    assert sorted(set(tasks)) == sorted(tasks)
