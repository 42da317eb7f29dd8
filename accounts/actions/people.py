"""People get a place; they set their password themselves."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Division, Membership, User
from accounts.states import Role
from onepublic.audit.models import record


@transaction.atomic
def add_person(
    *, email: str, name: str, division: Division, roles: Sequence[Role], by: User | None
) -> Membership:
    """A membership of the person with this address, who is made when there is none.

    A new person has no password: the sign-in page's 「パスワードを忘れた方」 sends a link to set
    one. ``by`` is None when it is done from the server's own command line. Raises ValidationError
    for a malformed address.
    """
    validate_email(email)
    person = User.objects.filter(email=email.lower()).first()
    if person is None:
        person = User.objects.create_user(email, name=name)
        record("user.created", person, by=by)
    membership = Membership.objects.create(
        user=person, division=division, roles=[role.value for role in roles]
    )
    record("membership.created", membership, by=by, division=division.pk, roles=membership.roles)
    return membership


def division_named(organization_code: str, division_code: str) -> Division:
    """The division in force by both codes; an empty one means the organization's window.

    Raises ValidationError with a Japanese sentence when there is none.
    """
    divisions = Division.objects.in_force().filter(organization__code=organization_code)
    wanted = {"code": division_code} if division_code else {"is_window": True}
    found = divisions.filter(**wanted).first()
    if found is None:
        raise ValidationError(f"課室がありません（{organization_code} {division_code}）。")
    return found
