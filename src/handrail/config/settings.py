"""Django's settings. Every value a program may want to change comes from the environment;
docs/how-to/run-handrail.md lists them.
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from handrail.config.server import THREADS
from handrail.config.wiring import TASKS
from handrail.demo.accounts import LISTED, PASSWORD
from handrail.foundation.database.address import django_database
from handrail.foundation.database.cluster import Cluster
from handrail.foundation.database.roles import APP, OWNER

DATA = Path(os.environ.get("HANDRAIL_DATA", ".handrail")).absolute()
PORT = os.environ.get("HANDRAIL_PORT", "8000")
WEB = Path(__file__).parents[1] / "web"

# On only for the demo and the tests, which answer on this machine alone.
PLAIN_HTTP = os.environ.get("HANDRAIL_PLAIN_HTTP") == "1"
DEBUG = False

# A key made up here dies with the process: without a key of your own, nothing outlives a restart.
SECRET_KEY = os.environ.get("HANDRAIL_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("HANDRAIL_HOSTS", "localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "handrail.foundation.audit",
    "handrail.foundation.job_tables",
    "handrail.areas.worklist",
    "handrail.areas.organizations",
    "handrail.areas.clients",
    "handrail.areas.safety",
    "handrail.areas.consents",
    "handrail.areas.coverage",
    "handrail.areas.counseling",
    "handrail.areas.inquiries",
    "handrail.areas.checks",
    "handrail.areas.recommendations",
    "handrail.areas.screening",
    "handrail.areas.assessment",
    "handrail.areas.ledger",
    "handrail.areas.listings",
    "handrail.areas.referrals",
    "handrail.areas.schedule",
    "handrail.areas.plans",
    "handrail.areas.enrollment",
    "handrail.areas.outreach",
    "handrail.areas.notes",
    "handrail.areas.sessions",
    "handrail.areas.booking",
    "handrail.areas.waitlist",
    "handrail.areas.admission",
    "handrail.areas.lessons",
    "handrail.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "handrail.config.headers.headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "handrail.web.public.kept.keep_pages",
    "handrail.web.public.language.by_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "handrail.web.kit.typed.without_nul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "handrail.foundation.tenancy.OrganizationMiddleware",
    "handrail.web.kit.access.StaffGate",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "handrail.config.urls"
WSGI_APPLICATION = "handrail.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        # A template lies beside the view that draws it; components/ holds shared macros.
        "DIRS": [WEB],
        "OPTIONS": {"environment": "handrail.web.environment.environment"},
    },
    {
        # allauth's pages, in our own clothes.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "sign_in" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "handrail.web.sign_in.demo_accounts.shown",
            ]
        },
    },
]

# ---- who runs this installation: shown at the foot of every public page ----------------------

HANDRAIL_RUN_BY = {
    "name": os.environ.get(
        "HANDRAIL_RUN_BY_NAME",
        "Alder Street Recovery (a made-up program for this demonstration)",
    ),
    "programs": os.environ.get(
        "HANDRAIL_RUN_BY_PROGRAMS",
        "intensive outpatient treatment in the evening, in a room and online",
    ),
    "phone": os.environ.get("HANDRAIL_RUN_BY_PHONE", "(555) 555-0142"),
}
# The same in Spanish, where it differs.
HANDRAIL_RUN_BY_IN = {
    "es": {
        "name": os.environ.get(
            "HANDRAIL_RUN_BY_NAME_ES",
            os.environ.get(
                "HANDRAIL_RUN_BY_NAME",
                "Alder Street Recovery (un programa inventado para esta demostración)",
            ),
        ),
        "programs": os.environ.get(
            "HANDRAIL_RUN_BY_PROGRAMS_ES",
            os.environ.get(
                "HANDRAIL_RUN_BY_PROGRAMS",
                "tratamiento ambulatorio intensivo por la tarde y noche, en persona y en línea",
            ),
        ),
    }
}

# ---- database ------------------------------------------------------------------------------

# Two roles: the owner changes tables, the app reads and writes rows and cannot step around
# row-level security. DATABASE_URL is the owner's address, DATABASE_APP_URL the app's. With
# the first alone, the app signs in as the owner and at once becomes handrail_app. With
# neither, it is the embedded PostgreSQL of the data folder.
AS_OWNER = os.environ.get("HANDRAIL_AS_OWNER") == "1"
EMBEDDED = Cluster(DATA / "postgres")
OWNER_URL = os.environ.get("DATABASE_URL") or EMBEDDED.url(OWNER)
APP_URL = os.environ.get("DATABASE_APP_URL") or (
    None if "DATABASE_URL" in os.environ else EMBEDDED.url(APP)
)
# Reads the rows of every organization, for backups; the owner is bound by row-level security.
BACKUP_URL = os.environ.get("DATABASE_BACKUP_URL") or (
    OWNER_URL if "DATABASE_URL" in os.environ else EMBEDDED.url("postgres")
)

DATABASES = {"default": django_database(OWNER_URL if AS_OWNER else APP_URL or OWNER_URL)}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if not AS_OWNER:
    # As many connections as the server has threads: none waits for another.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": THREADS, "timeout": 5}
    if not APP_URL:
        # Not Django's assume_role: with a pool it waits for a second connection, forever.
        DATABASES["default"]["OPTIONS"]["options"] = f"-c role={APP}"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- jobs: rows on the same database, done by the worker (foundation/jobs.py) ----------------

MIGRATION_MODULES = {"procrastinate": "handrail.foundation.job_tables.library.migrations"}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = list(TASKS)
HANDRAIL_ORGANIZATIONS = "handrail.areas.organizations.selectors.every_organization"

# ---- what goes over the wire ---------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# Not no-referrer: with it a browser sends a form's Origin as null and the form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
if os.environ.get("HANDRAIL_BEHIND_PROXY") == "1":  # else anyone could send that header
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
# Whether the whole domain is held to https is for the domain's owner to say, not for one site.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Browsers share cookies between the ports of one host: the port in the name keeps two
# installations on one machine apart.
CSRF_COOKIE_NAME = f"handrail_csrf_{PORT}"
CSRF_COOKIE_AGE = None  # it ends with the browser, like the sign-in; Django's would stay a year
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "handrail.web.public.views.form_refused"
# Opens the answers of a private check; set when one starts, gone with the browser's session.
CHECK_COOKIE = f"handrail_check_{PORT}"

# Whoever reads /metrics shows this; without one, only this machine itself reads it.
HANDRAIL_METRICS_TOKEN = os.environ.get("HANDRAIL_METRICS_TOKEN", "")

# ---- static files --------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("HANDRAIL_STATIC")
# Collected files carry their hash in the name; without a collection they are served as they lie.
_COLLECTED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_AS_THEY_LIE = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {"staticfiles": {"BACKEND": _COLLECTED if STATIC_ROOT else _AS_THEY_LIE}}
WHITENOISE_USE_FINDERS = not STATIC_ROOT

# ---- words, time, log ----------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
# The public side speaks English and, under /es/, Spanish; everything else is English.
USE_I18N = True
LANGUAGES = [("en-us", "English"), ("es", "Español")]
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "handrail.foundation.logging.WithoutClientData",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would print an exception's message or mail it.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}

# ---- sign-in -------------------------------------------------------------------------------

# The demo shows its accounts on the sign-in page, where anyone can read them.
DEMO = os.environ.get("HANDRAIL_DEMO") == "1"
DEMO_ACCOUNTS, DEMO_PASSWORD = (LISTED, PASSWORD) if DEMO else ((), "")

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
HANDRAIL_FIND_ACTOR = "handrail.web.kit.access.find_actor"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:today"

SESSION_ENGINE = "handrail.areas.organizations.sessions"
SESSION_COOKIE_NAME = f"handrail_session_{PORT}"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Counts attempts to sign in; in the database, so that all processes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "handrail_cache",
        # Room enough that nobody can push a counter out by trying many addresses.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

ACCOUNT_ADAPTER = "handrail.web.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # who opens an invitation has shown the address is theirs
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Wrong passwords, as web/sign_in/attempts.py counts them: tries / time. allauth's own two limits
# count a whole clinic's sign-ins behind one address, and let anyone lock anyone out.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",  # codes of the second factor, behind the right password
    "password_from_address": "5/5m/key",
    "password_from_device": "10/5m/key",
    "passwords_of_address": "30/5m/key",
    "passwords_of_account": "50/1h/key",
}
# Tells which accounts have signed in from a browser before: others' guesses do not lock it out.
DEVICE_COOKIE = f"handrail_device_{PORT}"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if PLAIN_HTTP else "https"
MFA_ADAPTER = "handrail.web.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Handrail"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey replaces the password too
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
if os.environ.get("HANDRAIL_BEHIND_PROXY") == "1":
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# ---- mail: written to a folder until a server is named -------------------------------------

EMAIL_HOST = os.environ.get("HANDRAIL_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("HANDRAIL_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("HANDRAIL_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HANDRAIL_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
# Where links in letters lead. A name that says nothing of care keeps letters quiet.
HANDRAIL_ADDRESS = os.environ.get("HANDRAIL_ADDRESS") or (
    f"http://localhost:{PORT}" if PLAIN_HTTP else f"https://{ALLOWED_HOSTS[0]}"
)
# How a letter from the outbox is handed over (areas/booking/services/outbox.py).
HANDRAIL_DELIVER = "handrail.config.letters.deliver"
HANDRAIL_DELIVER_PAGE = "handrail.config.letters.deliver_page"
# Text messages go through this adapter (handrail.integrations.sms); the one that ships only logs.
HANDRAIL_TEXTS = os.environ.get("HANDRAIL_TEXTS", "handrail.integrations.sms.LoggedTexts")
DEFAULT_FROM_EMAIL = os.environ.get("HANDRAIL_MAIL_FROM", "no-reply@localhost")
