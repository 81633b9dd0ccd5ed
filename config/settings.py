"""One settings file; everything that differs between places comes from the environment (see .env.example)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

SECRET_KEY = env.text("SECRET_KEY")
ENCRYPTION_KEYS = env.words("ENCRYPTION_KEYS") or [SECRET_KEY]  # the first seals, all of them open
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")  # demonstration: banner, mail page, demo accounts
CLOCK_SETTABLE = env.flag("CLOCK_SETTABLE")  # tests and the demonstration may move app_now(); never in production
TWO_FACTOR_REQUIRED = env.flag("TWO_FACTOR_REQUIRED", default=not DEMO)
SITE_URL = env.text("SITE_URL").rstrip("/")
WORKING_AT_ONCE = env.number(
    "WORKING_AT_ONCE", 4
)  # requests of one process of the web server; its other threads wait for slow lines
SIGNING_KEY = env.text("SIGNING_KEY", "") or SECRET_KEY  # what signs the log and the receipts is made from it
SIGNING_KEYS_RETIRED = env.words("SIGNING_KEYS_RETIRED")  # public keys that were used before, as /keys/ showed them
SIGNING_NAME = env.text("SIGNING_NAME", "") or urlsplit(SITE_URL).hostname or "localhost"
LOCK_URL = env.lock()  # the server lock, a process of its own: python -m procurement.lock
LOCK_TOKEN = env.text("LOCK_TOKEN", "")
OWNER_NAME = env.text("OWNER_NAME", "")  # the body that runs this installation, beside the brand and in the notices
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_fsm",
    "storages",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procurement",
    "experts",
    "accounts",
    "workflow",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.reading.ReadingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.TwoFactorMiddleware",
    "accounts.middleware.ReaderMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "procurement.web.refused_readings.RefusedReadings",
    "procurement.web.refusals.RefusalMiddleware",
    "procurement.web.access.ForgetAccess",
    "config.busy.BusyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
                "procurement.web.drawn_once.open_token",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database()}
CACHES = {"default": env.cache(prefix=f"{env.text('QUEUE', 'appel')}-{DATABASES['default']['NAME']}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": env.storage(),
    "impatient": env.storage(impatient=True),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG

# Uploads stream into the store in parts, in the views that take them; anywhere else a large file is read and dropped.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
UPLOAD_PART_BYTES = 8 * 1024 * 1024
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB", 100) * 1024 * 1024
UPLOAD_QUOTA_BYTES = env.number("UPLOAD_QUOTA_MB", 1000) * 1024 * 1024  # of one application, all its versions together
UPLOAD_KEPT = timedelta(hours=env.number("UPLOAD_HOURS", 48))  # a file that nobody goes on sending is forgotten then
CLAMD_URL = env.text(
    "CLAMD_URL", ""
)  # the virus scanner on this machine: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl
UPLOADS_AT_ONCE = 10  # files of one application that may be under way

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DEMO_TIME_ZONE = env.text("DEMO_TIME_ZONE", "Europe/Madrid")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/desk/"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "accounts.entrance_forms.LoginForm",
    "signup": "accounts.entrance_forms.SignupForm",
    "reset_password": "accounts.entrance_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance_forms.ResetPasswordKeyForm",
    "change_password": "accounts.entrance_forms.ChangePasswordForm",
    "set_password": "accounts.entrance_forms.SetPasswordForm",
    "add_email": "accounts.entrance_forms.AddEmailForm",
    "reauthenticate": "accounts.entrance_forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the new one replaces the old when it is confirmed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_SESSION_REMEMBER = True  # a session lasts SESSION_COOKIE_AGE, closed browser or not
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.number("REAUTHENTICATION_SECONDS", 900)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split("://")[0]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Appel"
MFA_FORMS = {
    "authenticate": "accounts.entrance_forms.AuthenticateForm",
    "reauthenticate": "accounts.entrance_forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.entrance_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.entrance_forms.AddWebAuthnForm",
    "edit_webauthn": "accounts.entrance_forms.EditWebAuthnForm",
}
MFA_ADAPTER = "accounts.mfa.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # else nobody with a second factor could change address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "errors/429.html"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # who logs in is seen on their own page of sessions, while these last
AXES_USERNAME_CALLABLE = "accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.address_of"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXY_COUNT", 0)

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # they may name an applicant's file
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.reports.NothingSent"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "appel_session", "appel_csrf"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE and env.flag("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from inside, past the proxy
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
if env.number("PROXY_COUNT", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"  # the reader’s document frame says otherwise for itself
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

vars().update(env.mail())
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "appel@localhost")  # answers about personal data and accessibility
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Appel <appel@localhost>")

CELERY_BROKER_URL = env.text("BROKER_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900, "socket_connect_timeout": 2, "socket_timeout": 10, "max_retries": 1,
}  # fmt: skip
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_DEFAULT_QUEUE = env.text("QUEUE", "appel")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
DRILL_DAYS = env.numbers("DRILL_DAYS", (7, 3, 1))  # before a deadline: the clock has keys tried, then reminds
TICK_SECONDS = env.number("TICK_SECONDS", 5)
SEAL_SECONDS = env.number("SEAL_SECONDS", 2)
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "workflow.tick", "schedule": TICK_SECONDS, "options": {"expires": TICK_SECONDS}},
    "seal": {"task": "workflow.seal", "schedule": SEAL_SECONDS, "options": {"expires": SEAL_SECONDS}},
    "watch": {"task": "workflow.watch", "schedule": 60, "options": {"expires": 60}},
}
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # in memory: a file cut short by a crash would keep beat from starting

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"botocore": {"level": "WARNING"}, "boto3": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
