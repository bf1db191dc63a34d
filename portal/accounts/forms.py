"""Forms of signing in and of passwords."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.accounts import throttle
from portal.ui.forms import Styled

FEW_TRIES = 2  # from here on a failed sign-in says how many tries are left


class SignInForm(Styled, AuthenticationForm):
    """User name and password; a series of failures closes the account to this address for a while."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "User name and password do not match. The password distinguishes capital and small letters."
        ),
    }

    def clean(self):
        """Sign in unless the address has failed too often with this account; count a failure."""
        who = {
            "address": throttle.address_of(self.request),
            "account": self.cleaned_data.get("username") or "",
        }
        self.refuse_after_failures(who)
        try:
            cleaned = super().clean()
        except forms.ValidationError as failure:
            throttle.note(throttle.SIGN_IN, **who)
            self.refuse_after_failures(who)
            raise with_tries_left(failure, throttle.tries_left(throttle.SIGN_IN, **who)) from None
        if self.get_user() is not None:
            throttle.clear(throttle.SIGN_IN, **who)
        return cleaned

    def refuse_after_failures(self, who):
        """Raise with the minutes to wait when the tries are used up."""
        minutes = throttle.minutes_left(throttle.SIGN_IN, **who)
        if minutes:
            raise forms.ValidationError(
                ngettext(
                    "The password was wrong %(tries)d times. "
                    "Signing in with this account is closed for %(minutes)d minute from here. "
                    "Forgot it? Ask the union that invited you for a new link.",
                    "The password was wrong %(tries)d times. "
                    "Signing in with this account is closed for %(minutes)d minutes from here. "
                    "Forgot it? Ask the union that invited you for a new link.",
                    minutes,
                )
                % {"tries": throttle.SIGN_IN.tries, "minutes": minutes},
                code="throttled",
            )


def with_tries_left(failure, left):
    """The failure, with how many tries are left when they are few."""
    if left > FEW_TRIES:
        return failure
    sentence = ngettext("%(left)d more try.", "%(left)d more tries.", left) % {"left": left}
    return forms.ValidationError([*failure.error_list, sentence])


def _password_rules():
    return " ".join(password_validators_help_texts())


password_rules = lazy(_password_rules, str)


class SaysTheRules:
    """Mixin of forms that set a password: the rules are there before anything is typed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = password_rules()


class NewPasswordForm(SaysTheRules, Styled, PasswordChangeForm):
    """The old password once, the new one twice."""


class FirstPasswordForm(SaysTheRules, Styled, SetPasswordForm):
    """The first password of an invited person, twice."""
