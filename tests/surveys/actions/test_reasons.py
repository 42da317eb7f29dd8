import pytest

from onepublic.core.errors import Refused
from surveys.actions import give_warning_reasons
from tests.factories.accounts import person_at
from tests.factories.surveys import assignment, submitted

pytestmark = pytest.mark.django_db


def test_a_reason_is_kept_with_its_writer_and_can_be_taken_back() -> None:
    asked = assignment()
    writer = person_at(asked.organization)

    give_warning_reasons(asked, by=writer, reasons={"few": "小規模な村のため。"})

    rows = asked.warning_reasons.values_list("rule_id", "reason", "updated_by")
    assert list(rows) == [("few", "小規模な村のため。", writer.pk)]
    give_warning_reasons(asked, by=writer, reasons={"few": ""})
    assert asked.warning_reasons.count() == 0


def test_an_unknown_rule_is_passed_over() -> None:
    asked = assignment()

    give_warning_reasons(asked, by=person_at(asked.organization), reasons={"none": "理由"})

    assert asked.warning_reasons.count() == 0


def test_a_submitted_response_takes_no_reason() -> None:
    asked = submitted(assignment())

    with pytest.raises(Refused):
        give_warning_reasons(asked, by=person_at(asked.organization), reasons={"few": "理由"})
