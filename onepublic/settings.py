"""All settings, read from the environment. Production refuses to start on a missing secret.

``ONEPUBLIC_MODE`` is ``production`` (also when unset), ``demo`` or ``test``. Only the last two
have demo accounts, readable mail and the style page.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from onepublic.timetable import timetable

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

MODE = env("ONEPUBLIC_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"ONEPUBLIC_MODE is {MODE!r}: production, demo or test")
PRODUCTION = MODE == "production"
DEMO = MODE in {"demo", "test"}


def required(name: str, *, elsewhere: str) -> str:
    """The variable ``name``; in production it must be set, elsewhere it has a value of its own."""
    if PRODUCTION and not env(name, default=""):
        raise ImproperlyConfigured(f"{name} must be set in production")
    value: str = env(name, default=elsewhere)
    return value


SECRET_KEY = required("SECRET_KEY", elsewhere="not-secret-demo-and-tests-only")
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters in production")
DEBUG = False
PORTAL_URL = required("PORTAL_URL", elsewhere="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost"])
if MODE == "test":
    ALLOWED_HOSTS.append("testserver")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must be set in production")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

INSTALLED_APPS = [
    "django_linear_migrations",
    "onepublic.apps.PortalConfig",
    "accounts",
    "notices",
    "surveys",
    "onepublic.core.apps.CoreConfig",
    "onepublic.audit",
    "onepublic.files",
    "onepublic.mail",
    "onepublic.feeds",
    *(["onepublic.dev"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "onepublic.core.middleware.NoStoreMiddleware",
    "onepublic.core.middleware.NoNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "onepublic.files.middleware.JapaneseFileNamesMiddleware",  # before anything reads the form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "onepublic.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "onepublic.urls"
WSGI_APPLICATION = "onepublic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "onepublic.context_processors.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "dads"
CRISPY_FAIL_SILENTLY = False

DATABASES = {
    "default": {
        **env.db_url_config(
            required("DATABASE_URL", elsewhere="postgres://postgres@127.0.0.1/onepublic")
        ),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL", elsewhere="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("CACHE_URL", default=REDIS_URL),
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is away must not hold up an officer's click: the sweep finds the work.
# Kombu alone would try again after two and after four seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Tokyo"
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=30.0)
CELERY_BEAT_SCHEDULE = timetable(sweep_seconds=SWEEP_SECONDS)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.LoginForm",
    "reset_password": "accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.ResetPasswordKeyForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # its mail would link to signing up, which is closed
ACCOUNT_EMAIL_SUBJECT_PREFIX = "［OnePublic］"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# A prefecture's offices reach the portal from one address, so the limits by address are wide: the
# limit by account is what stops guessing.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "100/m/ip,5/15m/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
}
# Whose address counts: behind proxies the one that the outermost trusted proxy saw. Without this,
# all of Japan would share the limits of the proxy's own address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if PRODUCTION else 0)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["onepublic.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILES_ROOT = Path(env("FILES_ROOT", default=str(BASE_DIR / ".onepublic" / "files")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "stored_files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Tests serve what is in static/, without collecting it first.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "test"
COMPILATION_DAYS = env.int("COMPILATION_DAYS", default=90)  # its file is then taken away
FILE_MAX_BYTES = env.int("FILE_MAX_BYTES", default=30 * 1024 * 1024)
QUESTION_IMAGE_MAX_BYTES = env.int("QUESTION_IMAGE_MAX_BYTES", default=2 * 1024 * 1024)
# What a ZIP, Word, Excel or PowerPoint file may hold, with all archives inside it together.
FILE_MAX_ENTRIES = env.int("FILE_MAX_ENTRIES", default=10_000)
FILE_MAX_UNPACKED_BYTES = env.int("FILE_MAX_UNPACKED_BYTES", default=500 * 1024 * 1024)
FILE_MAX_RATIO = 300  # a styled but empty sheet compresses about a hundredfold
FILE_MAX_NESTING = 3  # a ZIP with a Word file in which a workbook is embedded
FILE_MACRO_ENDINGS = env.list("FILE_MACRO_ENDINGS", default=[])  # of .docm, .xlsm, .pptm
FILE_FORBIDDEN_INSIDE = [
    *(".bat", ".cmd", ".com", ".cpl", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi"),
    *(".ps1", ".reg", ".scr", ".vbe", ".vbs", ".wsf"),
]
# Where ClamAV's daemon listens: tcp://host:port or unix:///path; empty: nothing is scanned.
CLAMAV_URL = env("CLAMAV_URL", default="")
CLAMAV_TIMEOUT = env.float("CLAMAV_TIMEOUT", default=150.0)  # clamd itself gives up after 120
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

EMAIL_TIMEOUT = 20
# How long a worker holds the rows that it claimed; one that dies holds them no longer.
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=120)
# So many days before a due date, or on the last business day before, who still owes is reminded.
REMINDER_DAYS = (3, 1)
MAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = env(
    "MAIL_FROM", default="OnePublic <no-reply@onepublic.example>"
)
if DEMO and not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "onepublic.dev.mail.DemoOutboxBackend"
else:
    vars().update(env.email_url_config(required("EMAIL_URL", elsewhere="smtp://127.0.0.1:1025")))

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "onepublic.core.views.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
