"""All settings, read from top to bottom. Every outside value comes through lms/env.py (docs/operations.md)."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from lms import env
from lms.schedule import TIMETABLE

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.search(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[1]  # type: ignore[index]

# --- What kind of installation -------------------------------------------------------------------------------------

PRODUCTION = env.flag("LMS_PRODUCTION")
DEBUG = env.flag("LMS_DEBUG")
PORT = env.number("LMS_PORT", 8000, low=1, high=65535)
WEB_WORKERS = env.number("LMS_WEB_WORKERS", 2, low=1, high=64)
TASK_WORKERS = env.number("LMS_TASK_WORKERS", 1, low=1, high=64)
BASE_URL = env.url(
    "LMS_BASE_URL", f"http://127.0.0.1:{PORT}", schemes=("http", "https"), example="https://learn.example.org"
).rstrip("/")
_base = urlsplit(BASE_URL)
if _base.path or _base.query or _base.fragment:
    raise env.WrongSetting("LMS_BASE_URL", "it must end after the host and port", "https://learn.example.org")
LOOPBACK = _base.hostname in {"127.0.0.1", "localhost", "::1"}
HTTPS = _base.scheme == "https"
PACKAGE_PATH = ROOT / "fixtures" / "green-skills"
DEMO_PATH = ROOT / "fixtures" / "demo"

os.umask(0o077)  # what the service writes is nobody else's to read (O-13)
DATA_DIR = env.folder("LMS_DATA_DIR", ROOT / "var")


def _secret_key() -> str:
    """The key from the environment; outside production one is made once and kept in the data folder."""
    if key := env.secret("LMS_SECRET_KEY"):
        return key
    if PRODUCTION:
        raise env.WrongSetting(
            "LMS_SECRET_KEY",
            "it is required in production and must be at least 50 characters",
            "$(openssl rand -base64 48)",
        )
    path = DATA_DIR / "secret-key"
    if not path.exists():
        spare = DATA_DIR / f"secret-key.{os.getpid()}"
        spare.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        try:
            os.link(spare, path)  # atomic: of several processes starting at once, one makes the key
        except FileExistsError:
            pass
        spare.unlink()
    return path.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [_base.hostname or "", *(["localhost", "127.0.0.1", "[::1]"] if LOOPBACK else [])]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- Parts ---------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    # ours, from the lowest floor up
    "lms.shared",
    "lms.people",
    "modules",
    "quizzes",
    "lms.cohorts",
    "lms.progress",
    "lms.credentials",
    "lms.reports",
    "lms.reminders",
    "lms.privacy",
    "lms.web",
    "lms.cli",
    "api",
]

MIDDLEWARE = [
    "lms.web.middleware.headers_middleware",
    "csp.middleware.CSPMiddleware",  # above all that may answer or refuse, so that refusals carry it too (S-13)
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.web.middleware.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.web.middleware.person_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.web.middleware.errors_middleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "frontend_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

# --- Database: SQLite by default, PostgreSQL by one variable -------------------------------------------------------

_database_url = env.url(
    "LMS_DATABASE_URL",
    "",
    schemes=("postgresql", "postgres"),
    example="postgresql://user:password@db.example.org:5432/green_skills",
)
if _database_url:
    DATABASES = {"default": dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "green-skills.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 10,
                # A read-then-write transaction that starts deferred fails at once under contention (T5).
                "transaction_mode": "IMMEDIATE",
                # FULL: an answer that was called saved survives a power cut (D7).
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Queue and cache: the embedded server by default, Redis by one variable ----------------------------------------

REDIS_URL = env.url("LMS_REDIS_URL", "", schemes=("redis", "rediss"), example="redis://queue.example.org:6379/0")


def _embedded_socket() -> Path:
    """Where the embedded queue server listens. Its path may have 107 bytes; a deep folder gets one in /tmp."""
    path = DATA_DIR / "queue" / "server.sock"
    if len(os.fsencode(path)) < 100:
        return path
    import hashlib  # only for the rare deep folder

    name = hashlib.sha256(os.fsencode(DATA_DIR)).hexdigest()[:16]
    return Path(f"/tmp/green-skills-{os.getuid()}-{name}") / "server.sock"  # noqa: S108  the folder is made with mode 0700


QUEUE_SOCKET = _embedded_socket()
EMBEDDED_QUEUE = not REDIS_URL
_broker = REDIS_URL or f"redis+socket://{QUEUE_SOCKET}?virtual_host=0"
_cache = REDIS_URL or f"unix://{QUEUE_SOCKET}?db=1"

CACHES = {
    "default": {
        "BACKEND": "lms.shared.tolerant_cache.TolerantRedisCache",
        "LOCATION": _cache,
        "KEY_PREFIX": "gs",
        # No request waits for a frozen cache longer than this (R-09, T4).
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}

CELERY_BROKER_URL = _broker
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = TIMETABLE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "timetable.db")
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TASK_ROUTES = {
    "lms.reports.*": {"queue": "slow"},
    "lms.progress.*": {"queue": "slow"},
    "lms.privacy.*": {"queue": "slow"},
    "lms.people.tasks.send_mail": {"queue": "mail"},
    "lms.reminders.tasks.send_reminder": {"queue": "mail"},
}
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_ACKS_LATE = True  # T1: both, or a killed child loses its task
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
CELERY_TASK_PUBLISH_RETRY = (
    False  # a web request does not wait for the queue: the row is the truth, a sweep sends again
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # T3: above the hard time limit
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,  # T2: look for orphans at each scan, not at each tenth
    "socket_timeout": 1.0,  # T4: a frozen server costs a request one second at most
    "socket_connect_timeout": 1.0,
    "queue_order_strategy": "priority",
}

# --- People --------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["lms.people.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": "lms.people.passwords.LengthByRoleValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "lms.people.passwords.LocalWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account:after_sign_in"
ACCOUNT_ADAPTER = "lms.web.account_adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail says that the password was changed
ACCOUNT_FORMS = {
    "login": "lms.web.forms.SignInForm",
    "change_password": "lms.web.forms.PasswordChangeForm",
    "set_password": "lms.web.forms.FirstPasswordForm",
    "reset_password": "lms.web.forms.AskForResetForm",
    "reset_password_from_key": "lms.web.forms.NewPasswordForm",
    "reauthenticate": "lms.web.forms.AskAgainForm",
}
# Ten wrong passwords for one account in a quarter of an hour, three reset mails to one address an hour (S-01, S-08).
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/15m/key", "reset_password": "20/m/ip,3/h/key"}
PASSWORD_RESET_TIMEOUT = 3600
SESSION_ENGINE = "lms.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lms.web.errors.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Languages and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("bg", _("Bulgarian"))]
LOCALE_PATHS = [ROOT / "lms" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
REMINDER_HOUR = env.number("LMS_REMINDER_HOUR", 7, low=0, high=23)

# --- Files ---------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "frontend_templates" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
REPORTS_DIR = DATA_DIR / "reports"
REPORT_KEPT_DAYS = 30
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# --- Mail ----------------------------------------------------------------------------------------------------------

_email_url = env.url(
    "LMS_EMAIL_URL", "", schemes=("smtp",), example="smtp://user:password@mail.example.org:587?tls=true"
)
if _email_url:
    globals().update(env.smtp(_email_url))
else:
    EMAIL_BACKEND = "lms.people.mail_backends.FileBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("LMS_EMAIL_FROM", "Green Skills <no-reply@example.org>")

# --- Security ------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/static/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    # The proxy in front ends TLS and sets this header; docs/operations.md shows how it drops a forged one.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = env.number("LMS_TRUSTED_PROXIES", 1 if HTTPS else 0, low=0, high=5)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- API -----------------------------------------------------------------------------------------------------------

# Requests a minute for one token, or for one network without a token; 0: no limit. Counted in the shared cache.
API_RATE = env.number("LMS_API_RATE", 600, low=0, high=1_000_000)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.ClientThrottle"],
    "EXCEPTION_HANDLER": "api.errors.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,  # the form of an answer is asked for by the header Accept alone
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Green Skills content API",
    "DESCRIPTION": "Programmes, modules, lessons, calculators, field tasks, stories, terms and facts in their "
    "languages, with ETags to stay in step.",
    "VERSION": "v1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVERS": [{"url": "/"}],
    "LICENSE": {"name": "Content: CC BY-SA 4.0", "url": "https://creativecommons.org/licenses/by-sa/4.0/"},
    "TAGS": [
        {"name": "Content", "description": "What there is to learn. Needs a token with the scope content:read."},
        {"name": "About", "description": "What the API says about itself, to everybody."},
    ],
}

# --- Logs ----------------------------------------------------------------------------------------------------------

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("LMS_LOG_LEVEL", "WARNING", among=LOG_LEVELS)},
}

env.refuse_misspelt()
