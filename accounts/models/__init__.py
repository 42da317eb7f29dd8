"""One file per aggregate."""

from accounts.models.disasters import Disaster
from accounts.models.groups import RecipientGroup
from accounts.models.organizations import Division, Organization
from accounts.models.people import Membership, User

__all__ = ["Disaster", "Division", "Membership", "Organization", "RecipientGroup", "User"]
