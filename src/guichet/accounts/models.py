"""People who sign in. What they may do in an organization is a membership; staff have a role of their own."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guichet.kernel.identifiers import new_id

LONGEST_LINE = 120  # characters of a name or a job title


class UserManager(BaseUserManager["User"]):
    """Makes users, and finds them by e-mail in any case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; ``password=None`` leaves the account without a usable password."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, whatever its letter case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person with an account: one e-mail address, one language of correspondence."""

    class StaffRole(models.TextChoices):
        NONE = "", _("Applicant")
        OFFICER = "officer", _("Officer")
        ADMINISTRATOR = "administrator", _("Administrator")

    class Language(models.TextChoices):
        """Each by its own name: whoever looks for theirs can read it."""

        EN = "en", "English"
        FR = "fr", "Français"

    public_id = models.CharField(max_length=32, unique=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=LONGEST_LINE)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.EN)
    title = models.CharField(max_length=LONGEST_LINE, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    staff_role = models.CharField(max_length=16, choices=StaffRole.choices, blank=True, default=StaffRole.NONE)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"),
            models.CheckConstraint(condition=models.Q(language__in=["en", "fr"]), name="user_language_known"),
            models.CheckConstraint(
                condition=models.Q(staff_role__in=["", "officer", "administrator"]),
                name="user_staff_role_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email
