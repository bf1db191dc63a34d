"""Signing in and out, changing the password, choosing the language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.urls import reverse_lazy
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import LANGUAGE_QUERY_PARAMETER
from django.views.i18n import set_language as set_language_cookie

from portal.accounts import demo
from portal.accounts.forms import NewPasswordForm, SignInForm


class SignIn(LoginView):
    """User name and password; ``?next=`` leads on, ``?kept=1`` says that typed text waits."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_initial(self):
        """In a demonstration a link fills in an account."""
        chosen = self.request.GET.get("as", "")
        if chosen in {account.username for account in demo.accounts()}:
            return {"username": chosen, "password": demo.password()}
        return {}

    def get_form(self, form_class=None):
        """The form; only a filled-in demonstration password is written into the page."""
        form = super().get_form(form_class)
        form.fields["password"].widget.render_value = bool(form.initial) and not form.is_bound
        return form

    def get_context_data(self, **kwargs):
        """What the page says besides the form."""
        return super().get_context_data(
            kept="kept" in self.request.GET,
            demo_accounts=demo.accounts(),
            demo_password=demo.password(),
            **kwargs,
        )

    def form_valid(self, form):
        """Sign in, in the person's language."""
        response = super().form_valid(form)
        speak(response, form.get_user().language)
        return response


class ChangePassword(PasswordChangeView):
    """The old password once, the new one twice; other sessions of the person end."""

    template_name = "accounts/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("account_edit")

    def form_valid(self, form):
        """Change it and say so."""
        response = super().form_valid(form)
        messages.success(
            self.request, _("The password has been changed. You have been signed out everywhere else.")
        )
        return response


@require_POST
def set_language(request):
    """Choose the language, for this browser and, when signed in, for the next one too."""
    response = set_language_cookie(request)
    language = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response


def speak(response, language):
    """Let the response carry the language in a cookie, where one of ours is given."""
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
