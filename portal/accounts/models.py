"""Who signs in, how they are let in for the first time, and which forms they already sent."""

import secrets
import uuid

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PortalUserManager(UserManager):
    """Creates users; the system user stands for the portal's own timed acts."""

    def system(self):
        """The account in whose name timed jobs act: it can never sign in."""
        user, made = self.get_or_create(
            username="system", defaults={"name": "系统", "is_active": False, "password": "!"}
        )
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Real name, because acts are legal acts.

    Being a superuser lets one look at everything and decide nothing: rights over a union,
    a studio or an application always come from an appointment.
    """

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+$", _("Use letters, digits and . @ + - _ only."))],
    )
    name = models.CharField(_("real name"), max_length=60)
    phone = models.CharField(_("mobile phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the data administration"), default=False)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)

    objects = PortalUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(name="user_name_given", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        """The real name."""
        return self.name

    def get_short_name(self):
        """The real name: Chinese names are not split."""
        return self.name

    def has_perm(self, perm, obj=None):
        """Whether this user holds ``perm``, on ``obj`` if one is given.

        Without ``obj`` Django's meaning stands (the data administration). With one, being a
        superuser is no shortcut: the answer comes from the backends, that is from appointments.
        """
        if obj is None:
            return super().has_perm(perm)
        from django.contrib.auth.models import _user_has_perm

        return self.is_active and _user_has_perm(self, perm, obj)


def new_nonce():
    """A random value that makes one invitation link unlike any other."""
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """A way in for a person whose account was made for them: one link, used once, for some days.

    The link itself is signed from the nonce and never stored; see ``services.invitation_link``.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    nonce = models.CharField(max_length=40, default=new_nonce, unique=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_one_open_per_user",
                fields=["user"],
                condition=Q(accepted_at=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="invitation_not_both_accepted_and_withdrawn",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.created_at:%Y-%m-%d}"

    def is_open(self):
        """Whether the link still lets the person in."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class FormReceipt(models.Model):
    """That a rendered form was already sent: a double click finds the first one's answer.

    The key is drawn when the form is rendered; the row is written first in the act's
    transaction, so that a second sending waits for it and then reads where the first led.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    led_to = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return str(self.key)


class Attempt(models.Model):
    """One counted try: a failed sign-in, a request for access. Rows older than a day are removed."""

    kind = models.CharField(max_length=10)
    account = models.CharField(max_length=150, blank=True)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "address", "account", "at"], name="attempt_by_who")]

    def __str__(self):
        return f"{self.kind} {self.account} {self.address}"
