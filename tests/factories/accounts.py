"""People with accounts."""

from functools import cache

import factory
from django.contrib.auth.hashers import make_password

from portal.accounts.models import User

PASSWORD = "correct-horse-battery"


@cache
def hashed():
    """``PASSWORD`` as it is stored."""
    return make_password(PASSWORD)


class UserFactory(factory.django.DjangoModelFactory):
    """A person with the password ``PASSWORD`` and without a role."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"测试人{n}")
    password = factory.LazyFunction(hashed)
