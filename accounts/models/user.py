"""A person with an account, known by an e-mail address."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import AppliesAs
from workflow.kept import kept
from workflow.models import AppNow


class UserManager(BaseUserManager["User"]):
    """Creates accounts; the address is the name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account with this address; the password may be set later."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a technical administrator; this gives no right on any call."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find an account by its address, whatever the case."""
        return self.get(email__iexact=username)

    def get(self, *args: Any, **kwargs: Any) -> User:
        """Find one account; by its key, as each request asks for its person, with a statement that is built once."""
        everybody = type(self) is UserManager  # and not those of a relation, which has a manager of its own
        if not everybody or args or list(kwargs) != ["pk"] or type(kwargs["pk"]) is not int:
            return super().get(*args, **kwargs)
        found: User | None = _with_key.one(pk=kwargs["pk"])
        if found is None:
            raise self.model.DoesNotExist
        return found


@kept
def _with_key(pk: int) -> models.QuerySet[User]:
    return User.objects.filter(pk=pk)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do comes from memberships and from seats on a call, never from this row."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Paris")
    applies_as = models.CharField(
        _("applies"), max_length=10, choices=AppliesAs.choices, default=AppliesAs.PERSON, db_default="person"
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(db_default=AppNow())

    PERSONAL = ("email", "full_name", "language", "timezone", "applies_as", "date_joined", "last_login")
    PERSONAL_OWNER = "pk"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.full_name or self.email
