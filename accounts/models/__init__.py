"""Who: people, organisations, and the roles of the ones in the others."""

from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.user import User

__all__ = ["Membership", "Organisation", "User"]
