"""The ministry staff who wrote the sample notices and surveys."""

from django.contrib.auth.hashers import make_password

from accounts.models import Division, Membership, User
from accounts.states import Role
from onepublic.dev.seeding.people import DOMAIN, PASSWORD

NAMES = {Role.DRAFTER: "起案担当", Role.APPROVER: "決裁担当"}


class Staff:
    """A drafter and an approver in each division of the ministry that the samples name."""

    def __init__(self) -> None:
        ministry = Division.objects.filter(organization__code="mhlw")
        self._divisions = {one.code: one for one in ministry.select_related("organization")}
        self._hashed = make_password(PASSWORD)
        self._people: dict[tuple[str, Role], User] = {}

    def division(self, code: str) -> Division:
        """The division with this code, in force or abolished."""
        return self._divisions[code]

    def drafter(self, code: str) -> User:
        return self._person(code, Role.DRAFTER)

    def approver(self, code: str) -> User:
        return self._person(code, Role.APPROVER)

    def _person(self, code: str, role: Role) -> User:
        if (code, role) not in self._people:
            user, _ = User.objects.get_or_create(
                email=f"{role.value}-{code}@{DOMAIN}",
                defaults={"name": NAMES[role], "password": self._hashed, "is_demo": True},
            )
            Membership.objects.get_or_create(
                user=user, division=self._divisions[code], defaults={"roles": [role]}
            )
            self._people[code, role] = user
        return self._people[code, role]
