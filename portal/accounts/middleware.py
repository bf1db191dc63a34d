"""Habits of every page: Chinese unless chosen otherwise, private when signed in, typed text survives."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

STASH = "typed_text"
STASH_LIMIT = 200_000  # characters; a section of the form is a few thousand


class ChosenLanguage(LocaleMiddleware):
    """The language that the person chose, else Chinese.

    What the browser asks for is not heard: many office computers run an English browser in front of
    people who read Chinese.
    """

    def process_request(self, request):
        """Activate the language of the cookie, where it is one of ours."""
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        translation.activate(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class PrivatePages:
    """Pages of a signed-in person are never kept by a browser or a proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


class KeepTypedText:
    """A form sent after the session ended leads to sign-in, and back to the page with the text.

    The form names its writer in ``typed_by``; only the same person gets the text back
    (see ``typed_text``). The text waits in the new, anonymous session on the server, never in
    the browser.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and not request.user.is_authenticated and request.POST.get("typed_by"):
            if request.headers.get("X-Requested-With") == "autosave":
                from django.http import JsonResponse

                return JsonResponse({"signed_out": True}, status=401)
            fields = {k: v for k, v in request.POST.lists() if k != "csrfmiddlewaretoken"}
            if sum(len(v) for values in fields.values() for v in values) <= STASH_LIMIT:
                request.session[STASH] = {"path": request.path, "fields": fields}
            back = request.POST.get("typed_on") or request.path
            if not back.startswith("/") or back.startswith("//"):
                back = request.path
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back, 'kept': 1})}")
        return self.get_response(request)


def typed_text(request, path=None):
    """The fields (a dict of lists) that this person typed before the session ended, taken out once.

    ``path`` is the address to which they were sent, by default the page's own.
    """
    kept = request.session.get(STASH)
    if not kept or kept["path"] != (path or request.path):
        return None
    del request.session[STASH]
    if kept["fields"].get("typed_by") != [str(request.user.pk)]:
        return None
    return kept["fields"]
