"""Organizations, divisions and people as tests need them."""

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from accounts.models import Division, Membership, Organization, User
from accounts.states import DivisionKind, Kind, Level, Role

PASSWORD = "correct-horse-battery"


class OrganizationFactory(DjangoModelFactory[Organization]):
    """A village, which brings its prefecture. One person answers alone, without approval."""

    class Meta:
        model = Organization

    code = Sequence(lambda n: f"{n:05d}0")
    name = Sequence(lambda n: f"第{n}村")
    level = Level.MUNICIPALITY
    kind = Kind.VILLAGE
    answers_need_approval = False
    prefecture = SubFactory("tests.factories.accounts.PrefectureFactory")
    prefecture_code = LazyAttribute(lambda o: o.prefecture.prefecture_code if o.prefecture else "")
    prefecture_name = LazyAttribute(lambda o: o.prefecture.prefecture_name if o.prefecture else "")
    regional_bureau = LazyAttribute(
        lambda o: o.prefecture.regional_bureau if o.prefecture else None
    )


class PrefectureFactory(OrganizationFactory):
    """A prefecture; pass ``regional_bureau=`` where its area matters."""

    level = Level.PREFECTURE
    kind = Kind.PREFECTURE
    code = Sequence(lambda n: f"{n % 90 + 10}{n // 90:03d}9")
    name = Sequence(lambda n: f"第{n}県")
    prefecture = None
    prefecture_code = LazyAttribute(lambda o: o.code[:2])
    prefecture_name = LazyAttribute(lambda o: o.name[:4])
    regional_bureau = None


class RegionalBureauFactory(OrganizationFactory):
    level = Level.REGIONAL_BUREAU
    kind = Kind.REGIONAL_BUREAU
    code = Sequence(lambda n: f"bureau{n}")
    name = Sequence(lambda n: f"第{n}厚生局")
    prefecture = None
    regional_bureau = None


class MinistryFactory(OrganizationFactory):
    """The one ministry: asked for twice, the same row."""

    class Meta:
        model = Organization
        django_get_or_create = ("code",)

    code = "mhlw"
    name = "厚生労働省"
    level = Level.MINISTRY
    kind = Kind.MINISTRY
    prefecture = None
    regional_bureau = None


class DivisionFactory(DjangoModelFactory[Division]):
    """A division of the ministry, or of the ``organization`` given."""

    class Meta:
        model = Division

    organization = SubFactory(MinistryFactory)
    code = Sequence(lambda n: f"division-{n}")
    name = Sequence(lambda n: f"第{n}課")
    kind = DivisionKind.DIVISION


class UserFactory(DjangoModelFactory[User]):
    """A person without membership, who signs in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"person{n}@example.jp")
    name = Sequence(lambda n: f"職員{n}")
    password = Password(PASSWORD)


def window_of(organization: Organization) -> Division:
    """The organization's window division, made when it has none."""
    division, _ = Division.objects.get_or_create(
        organization=organization,
        is_window=True,
        defaults={"code": "window", "name": "窓口", "kind": DivisionKind.WINDOW},
    )
    return division


def person_at(place: Organization | Division, *roles: Role) -> User:
    """A person with the roles (drafter and approver when none is named) in a division, or in
    the window division of an organization.
    """
    division = place if isinstance(place, Division) else window_of(place)
    user = UserFactory.create()
    Membership.objects.create(
        user=user, division=division, roles=list(roles or (Role.DRAFTER, Role.APPROVER))
    )
    return user
