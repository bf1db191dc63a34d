"""Chinese first: only the person's own choice changes the language."""

import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "spoken"), [(None, "zh-hans"), ("en", "en"), ("xx", "zh-hans"), ("zh-hans", "zh-hans")]
)
def test_the_browsers_own_language_is_not_heard(client, cookie, spoken):
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get(reverse("login"), headers={"accept-language": "en-GB,en;q=0.9"})
    assert response.headers["Content-Language"] == spoken
