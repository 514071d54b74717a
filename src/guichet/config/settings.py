"""The settings, one table read from the environment (docs/operating.md lists every variable).

Defaults are the ones that are safe in production and may be public; whatever is not has no default there,
and production mode refuses to start without it.
"""

import hashlib
import zoneinfo
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from guichet.config import environment as env

CHECKOUT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]

MODE = env.choice("GUICHET_MODE", ("demonstration", "production"), "demonstration")
DEMONSTRATION = MODE == "demonstration"
PRODUCTION = MODE == "production"
DEBUG = False

DATA = env.folder("GUICHET_DATA", CHECKOUT / "var")
BUILD = env.folder("GUICHET_BUILD", CHECKOUT / ".build")
PROGRAMS = env.folder("GUICHET_PROGRAMS", CHECKOUT / "programs")

SECRET_KEY = env.secret(
    "GUICHET_SECRET_KEY",
    None if PRODUCTION else "demonstration-" + hashlib.sha256(str(DATA).encode()).hexdigest(),
    hint="Give it, or GUICHET_SECRET_KEY_FILE, at least 50 random characters.",
)
BASE_URL = env.text(
    "GUICHET_BASE_URL",
    None if PRODUCTION else "http://localhost:8000",
    hint="Give the address people type, for example https://portal.example.org: links in letters begin with it.",
).rstrip("/")
ALLOWED_HOSTS = env.words("GUICHET_HOSTS", urlsplit(BASE_URL).hostname or "localhost")
if DEMONSTRATION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

if PRODUCTION:
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
        raise env.SettingError("GUICHET_SECRET_KEY can be guessed; give it at least 50 random characters.")
    if not BASE_URL.startswith("https://"):
        raise env.SettingError("GUICHET_BASE_URL must begin with https:// in production mode.")
    if "*" in ALLOWED_HOSTS:
        raise env.SettingError("GUICHET_HOSTS must name the hosts; * is not accepted in production mode.")
    if env.text("GUICHET_DEMO_PASSWORD", ""):
        raise env.SettingError("GUICHET_DEMO_PASSWORD belongs to demonstration mode; unset it in production.")


def _database(url: str) -> dict[str, object]:
    wrong = "DATABASE_URL is not a PostgreSQL address (postgresql://user@host/name)."
    if not url.startswith(("postgresql://", "postgres://")):
        raise env.SettingError(wrong)
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise env.SettingError(wrong) from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            **parts,
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            "options": "-c statement_timeout=20000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000",
        },
    }


DATABASES = {
    "default": _database(
        env.secret("DATABASE_URL", hint="./guichet up sets it for the embedded PostgreSQL; or name a server's.")
    )
}
# The name of the database of commands that never ask one.
NO_DATABASE = "none"
# The role that owns the tables, used by migrations only; the web and the worker never see it.
OWNER_DATABASE_URL = env.secret("GUICHET_OWNER_DATABASE_URL", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "csp",
    "guichet.audit",
    "guichet.files",
    "guichet.mail",
    "guichet.answers",
    "guichet.programs",
    "guichet.classifications",
    "guichet.accounts",
    "guichet.organizations",
    "guichet.eligibility",
    "guichet.applications",
    "guichet.web",
    "guichet.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guichet.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guichet.web.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guichet.web.middleware.PrivateMiddleware",
    "guichet.web.middleware.SizeMiddleware",
]
ROOT_URLCONF = "guichet.config.urls"
WSGI_APPLICATION = "guichet.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "questions" / "fields"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guichet.web.context.portal",
            ],
            "builtins": [
                "guichet.web.templatetags.guichet",
                "guichet.questions.drawing",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# Languages ------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BUILD / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("GUICHET_TIME_ZONE", "America/Toronto")
if TIME_ZONE not in zoneinfo.available_timezones():
    raise env.SettingError(f"GUICHET_TIME_ZONE is {TIME_ZONE!r}, which is not a time zone; say America/Toronto.")
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["guichet.config.formats"]
LANGUAGE_COOKIE_NAME = "guichet_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION

# Sign-in --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Argon2id, sized so that one sign-in costs about 0.1 s of one core (docs/decisions).
PASSWORD_HASHERS = ["guichet.accounts.hashers.PasswordHasher"]
PASSWORD_LENGTH = 12
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "applicant:home"
ACCOUNT_ADAPTER = "guichet.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "guichet.accounts.forms.RegistrationForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # the letter may wait for a second try
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# Per address of the network, where one office may hold many people; per person the library's own limits stand.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "30/m/ip,5/300s/key", "signup": "60/m/ip"}
# How many web servers in front add to X-Forwarded-For: the limits count the address that the outermost of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("GUICHET_PROXIES", 1 if PRODUCTION else 0)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme

# Sessions: 2 hours without activity (the published instructions), 12 hours in all ----------------------------------
SESSION_IDLE_SECONDS = env.integer("GUICHET_SESSION_IDLE_SECONDS", 2 * 3600)
SESSION_LIFETIME_SECONDS = env.integer("GUICHET_SESSION_LIFETIME_SECONDS", 12 * 3600)
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-guichet" if PRODUCTION else "guichet"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-guichet-csrf" if PRODUCTION else "guichet-csrf"
CSRF_FAILURE_VIEW = "guichet.web.public.errors.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

# Headers --------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and env.switch("GUICHET_REDIRECT_TO_HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers preload the domain is for its owner to decide
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Static files and uploads -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BUILD / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static", BUILD / "assets"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "guichet.config.assets.Assets"},
}
FILES_ROOT = DATA / "files"
MADE_ROOT = DATA / "made"  # what can be made again; may be emptied at any time
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
LARGEST_REQUEST = 60 * 1024 * 1024  # a form with its files; docs/operating.md names it for the web server in front
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Mail -------------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "guichet.mail.backend.OutboxBackend"
EMAIL_URL = env.secret(
    "GUICHET_EMAIL_URL",
    None if PRODUCTION else "demonstration://",
    hint="Give the relay, for example smtp://relay.example.org:25.",
)
_mail = urlsplit(EMAIL_URL)
if _mail.scheme not in ("smtp", "smtps", "smtp+starttls", "demonstration"):
    raise env.SettingError("GUICHET_EMAIL_URL must begin with smtp://, smtp+starttls:// or smtps://.")
if PRODUCTION and _mail.scheme == "demonstration":
    raise env.SettingError("GUICHET_EMAIL_URL must name an SMTP relay in production mode.")
MAIL_TRANSPORT = {
    "scheme": _mail.scheme,
    "host": _mail.hostname or "localhost",
    "port": _mail.port or (465 if _mail.scheme == "smtps" else 25),
    "user": unquote(_mail.username or ""),
    "password": unquote(_mail.password or ""),
    "timeout": 20,
}
SEAL_EMAILS = env.words("GUICHET_SEAL_EMAILS")  # who keeps the daily seals outside of the portal
DEFAULT_FROM_EMAIL = env.text("GUICHET_FROM_EMAIL", f"guichet@{urlsplit(BASE_URL).hostname or 'localhost'}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Who this portal says it is: a department puts in its own name and mailbox; the default is neutral -------------------
PORTAL_NAME = {
    "en": env.text("GUICHET_NAME_EN", "Guichet"),
    "fr": env.text("GUICHET_NAME_FR", "Guichet"),
}
SUPPORT_EMAIL = env.text(
    "GUICHET_SUPPORT_EMAIL",
    "help-aide@demo.example" if DEMONSTRATION else None,
    hint="Give the mailbox of the technical help desk.",
)

# Background work: each room's jobs.py is found by its name; finished jobs are not kept, failed ones are.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 2,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": 20,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("GUICHET_LOG_LEVEL", "WARNING")},
    # A page that is not there, a wrong host name: answered, and nobody’s alarm.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
