"""Who: people, organisations, and the roles of the ones in the others."""

from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.user import User

__all__ = ["Invitation", "Membership", "Organisation", "User"]
