"""The product's settings for tests: plain http, and databases that conftest.py hands in."""

import os

os.environ["HANDRAIL_PLAIN_HTTP"] = "1"

from handrail.config.settings import *  # noqa: F403
from handrail.config.settings import DATABASES

# Each test closes what it opened: a pool would hold connections to a database about to go.
DATABASES["default"]["OPTIONS"].pop("pool", None)

# Argon2 is slow on purpose, and hundreds of tests sign in. test_sign_in.py tries the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
