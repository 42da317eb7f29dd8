"""A prefecture with its municipalities, all asked by one survey."""

from typing import Any

from accounts.models import Organization, User
from surveys.models import Assignment, Survey
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import assignment_of, running_survey


class Area:
    """``survey`` asks ``size`` villages of ``prefecture``, for which ``officer`` writes."""

    def __init__(self, size: int = 1, **fields: Any) -> None:
        self.prefecture: Organization = PrefectureFactory.create()
        self.villages = OrganizationFactory.create_batch(size, prefecture=self.prefecture)
        self.survey: Survey = running_survey(*self.villages, **fields)
        self.officer: User = person_at(self.prefecture)

    @property
    def asked(self) -> list[Assignment]:
        """The assignments in the order of the villages."""
        return [assignment_of(self.survey, village) for village in self.villages]
