"""Every setting, read from the environment once. `docs/settings.md` lists what can be set."""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cms import server
from cms.env import called_address, env, mail_server, periods, required, required_keys, signing_keys

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", "var"))
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else BASE_DIR / DATA_DIR
DEMO = env.bool("DEMO", False)
DEBUG = False

SECRET_KEY, *SECRET_KEY_FALLBACKS = required_keys("SECRET_KEY", data_dir=DATA_DIR, demo=DEMO)
CONTACT_KEYS = required_keys("CONTACT_KEYS", data_dir=DATA_DIR, demo=DEMO)
DIGEST_KEYS = required_keys("DIGEST_KEY", data_dir=DATA_DIR, demo=DEMO)
TOKEN_KEYS = required_keys("TOKEN_KEY", data_dir=DATA_DIR, demo=DEMO)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEMO else [])
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "")
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
PUBLIC_URL = required(
    "PUBLIC_URL",
    "the address at which this API is reached from outside, for instance https://api.example.org",
    default=f"http://localhost:{PORT}" if DEMO else None,
).rstrip("/")
FRONTEND_URL_TEMPLATE = env.str("FRONTEND_URL_TEMPLATE", "")
CORS_ALLOWED_ORIGINS: list[str] = env.list("CORS_ALLOWED_ORIGINS", [])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
WORKERS = env.int("WORKERS", 2)
CACHE_TAG_HEADER = env.str("CACHE_TAG_HEADER", "Cache-Tag")
SECURE = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "csp",
    "knox",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django_tasks_db",
    "cms.apps.CmsConfig",
    "articles.apps.ArticlesConfig",
    "comments.apps.CommentsConfig",
]

MIDDLEWARE = [
    "cms.middleware.RequestIdentity",
    # These three before whatever may answer by itself, so that no page goes out without their headers.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.ProblemsOfDjango",
    "cms.middleware.DeliveryCors",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.OneSlash",
    "cms.browsable.middleware.FormsAsCalls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'kintsugi.sqlite3'}"), conn_max_age=None
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "ENGINE": "cms.database.sqlite",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode = WAL",
        },
        # A file, as in production: locks and the write-ahead log are part of what is tested.
        "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
    }
else:
    DATABASES["default"] |= {
        "ENGINE": "cms.database.postgresql",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": server.THREADS + 1, "timeout": 5},
            "connect_timeout": 3,
        },
    }

AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "root"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "cms.accounts.locked_out"
AXES_CLIENT_IP_CALLABLE = "cms.addresses.disguised_address"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True

SESSION_ENGINE = "cms.sessions"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "cms.problems.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if SECURE else []
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = False
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # TLS ends at the proxy; redirecting to it is the proxy's work
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CORS_URLS_REGEX = r"^/api/v1/editorial/"
CORS_ALLOW_CREDENTIALS = bool(CORS_ALLOWED_ORIGINS)
CORS_EXPOSE_HEADERS = [
    "ETag",
    "Link",
    "Location",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "X-Request-Id",
    "Memento-Datetime",
    "Idempotent-Replayed",
]
CORS_ALLOW_HEADERS = ["authorization", "content-type", "if-match", "idempotency-key", "x-request-id"]

REST_KNOX = {
    "TOKEN_TTL": timedelta(days=30),
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_PREFIX": "kt_",
    "AUTO_REFRESH": False,
}
KNOX_TOKEN_MODEL = "cms.ApiToken"
MIGRATION_MODULES = {"knox": None}  # its own table is swapped for ours and would only stand empty

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cms.authentication.BearerToken",
        "cms.authentication.Session",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["cms.permissions.Nobody"],
    "DEFAULT_RENDERER_CLASSES": ["cms.renderers.Json", "cms.browsable.renderer.Page"],
    "DEFAULT_PARSER_CLASSES": [
        "cms.parsers.StrictJson",
        "cms.parsers.MergePatch",
        "cms.browsable.forms.PageForm",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "cms.negotiation.JsonUnlessAsked",
    "DEFAULT_SCHEMA_CLASS": "cms.openapi.schema.ProblemAwareSchema",
    "EXCEPTION_HANDLER": "cms.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
    "URL_FIELD_NAME": "href",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%SZ",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kintsugi",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "SORT_OPERATIONS": True,
    "POSTPROCESSING_HOOKS": ["cms.openapi.hooks.complete"],
}

# Paths as "package.module:NAME" of values that are OpenAPI components written by hand.
SCHEMA_COMPONENTS = [
    "cms.openapi.components:COMPONENTS",
    "cms.mail.views:COMPONENTS",
    "articles.openapi.components:COMPONENTS",
    "comments.openapi:COMPONENTS",
    "comments.openapi.letters:COMPONENTS",
    "comments.openapi.requests:COMPONENTS",
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LIMITS = {
    "json_bytes": 1_000_000,
    "json_depth": 32,
    "body_markdown": 200_000,
    "comment": 10_000,
}
RATE_LIMITS = {
    # scope: (requests, seconds)
    "comments": (20, 600),
    "reports": (10, 3600),
    "author": (120, 600),
    "links": (60, 600),
    "form-tokens": (60, 600),
    "contact-requests": (10, 600),
    "contact-address": (3, 21_600),
    "sign-in": (30, 600),
    "account": (60, 600),
}
# What the fast lane keeps of delivery's answers, in bytes for each worker; 0 switches it off.
DELIVERY_MEMORY = env.int("DELIVERY_MEMORY", 16_000_000)
# Paths of functions: given an instant, the next one at which what readers get is known to change.
TRANSITIONS = ["articles.reading.next_transition", "articles.reading.next_entry_transition"]
# Paths of functions: given a path and a query, what one look-up finds there (`cms.fastlane.straight`).
STRAIGHT = ["articles.straight.article"]
# By the first part of a change's type: the path of the `cms.following.Source` that knows its subjects, in the order of
# a full read.
FOLLOWED = {
    "article": "articles.following.articles",
    "catalogue": "articles.following.catalogue",
    "comment": "comments.following.replies",
}
# Path of a function: whether what somebody searches for calls for naming helplines beside the results.
SEARCH_SUPPORT = "comments.gate.searches.calls_for_support"
IDEMPOTENCY_LIFETIME = timedelta(hours=24)
# How many days things are kept; None is for ever. `manage.py retain` ends what is over; docs/privacy.md explains each.
RETENTION = periods(
    "RETENTION",
    {
        # what concerns requests, accounts and the desk
        "address_keys": 0,
        "idempotency_records": 1,
        "rate_windows": 1,
        "sign_in_attempts": 30,
        "sessions": 0,
        "tokens": 30,
        "audit_details": 1095,
        "autosaves": 180,
        "preview_links": 90,
        # of replies, from the day on which they were sent
        "ip_digests": 30,
        "spent_tokens": 0,
        "text_digests": 30,
        # of replies, from the last decision
        "countries": 30,
        "rejected_texts": 90,
        "spam_texts": 30,
        "removed_texts": 365,
        "earlier_texts": 90,
        "verdicts": 90,
        "grades": 90,
        "typed_names": 365,
        "decision_notes": 365,
        "addresses": 365,
        # of what was reported and escalated, from when it was closed
        "reports": 90,
        "escalation_notes": 365,
        # of requests about an address, from the end of their link
        "contact_requests": 7,
    },
)
RETENTION_CLOCKS = ["cms.retention.CLOCKS", "articles.retention.CLOCKS", "comments.retention.CLOCKS"]
COMMENT_EDIT_WINDOW = timedelta(minutes=30)
COMMENT_CLAIM_TIME = timedelta(minutes=env.int("COMMENT_CLAIM_MINUTES", 15))
COMMENT_REST_AFTER = env.int("COMMENT_REST_AFTER", 30)
COMMENT_UNDO_WINDOW = timedelta(minutes=env.int("COMMENT_UNDO_MINUTES", 60))
# How long the link in a letter can confirm an address, and for how long no second letter goes there.
CONFIRMATION_LIFETIME = timedelta(hours=48)
CONFIRMATION_URL_TEMPLATE = env.str("CONFIRMATION_URL_TEMPLATE", "")
# Points that somebody needs so that replies appear at once, what a refused one costs, days of quiet after it, and how
# long it counts.
COMMENT_TRUST = {"published": 3, "refusal": 3, "quiet_days": 30, "memory_days": 90}
# How long the link in a letter can do what somebody asked about an address.
CONTACT_REQUEST_LIFETIME = timedelta(hours=24)
# For how long after its first use the link of an export gives it again, for whoever pressed twice or lost the answer.
CONTACT_EXPORT_AGAIN = timedelta(minutes=2)
CONTACT_URL_TEMPLATE = env.str("CONTACT_URL_TEMPLATE", "")
# How long a form may be open, and how fast nobody types. Whatever is outside is held, never refused.
FORM_TOKEN_LIFETIME = timedelta(hours=24)
COMMENT_FORM_FASTEST = timedelta(seconds=3)
# The name of a field that frontends hide and people leave empty; none when it is empty.
COMMENT_HONEYPOT = env.str("COMMENT_HONEYPOT", "subject")
# Whether a reply has to come with a proof of work to appear at once, and how much work: some 256 times the cost.
COMMENT_ALTCHA = env.bool("COMMENT_ALTCHA", False)
ALTCHA_ALGORITHM, ALTCHA_COST = "PBKDF2/SHA-256", 5_000
COMMENT_GATE = [
    "comments.gate.policy.check",
    "comments.gate.honeypot.check",
    "comments.gate.form.check",
    "comments.gate.proof.check",
    "comments.gate.names.check",
    "comments.gate.links.check",
    "comments.gate.sellers.check",
    "comments.gate.promotion.check",
    "comments.gate.repeated.check",
    "comments.gate.third_parties.check",
    "comments.gate.methods.check",
    "comments.gate.approaches.check",
    "comments.gate.crisis.check",
    "comments.gate.learned.check",
]
COMMENT_CRISIS_GRADING = env.bool("COMMENT_CRISIS_GRADING", True)
# Who is told, and from which grade on, that a reply waits which should be read first; never more often than every so
# many minutes, and again after so many while nobody came (0: not again).
COMMENT_ALERT_TO: list[str] = env.list("COMMENT_ALERT_TO", [])
COMMENT_ALERT_GRADE = env.str("COMMENT_ALERT_GRADE", "immediate")
if COMMENT_ALERT_GRADE not in ("concern", "immediate"):
    raise ImproperlyConfigured("Set COMMENT_ALERT_GRADE to concern or immediate.")
COMMENT_ALERT_EVERY = timedelta(minutes=env.int("COMMENT_ALERT_EVERY", 10))
COMMENT_ALERT_REPEAT = timedelta(minutes=env.int("COMMENT_ALERT_REPEAT", 30))
# An address of the site's own that is called with the same, signed by every key; seconds after each failed attempt.
COMMENT_ALERT_WEBHOOK_URL = called_address("COMMENT_ALERT_WEBHOOK_URL")
COMMENT_ALERT_WEBHOOK_KEYS = signing_keys("COMMENT_ALERT_WEBHOOK_KEY", needed_for=COMMENT_ALERT_WEBHOOK_URL)
COMMENT_ALERT_WEBHOOK_RETRIES = [5, 15, 30, 60, 120, 300, 600]
# Where erasures are written down beside the database; a place that no restored backup overwrites.
ERASURE_LEDGER = Path(env.str("ERASURE_LEDGER", "") or DATA_DIR / "erasures.log")
# Paths of functions that raise ImproperlyConfigured while the service must not answer yet.
BEFORE_SERVING = ["comments.actions.replay.require_replayed"]

# Tasks wait in our own database and are run by `manage.py worker`; another backend of django-tasks brings its own.
TASKS = {"default": {"BACKEND": env.str("TASK_BACKEND", "django_tasks_db.DatabaseBackend")}}
WORKER = env.bool("WORKER", True)
# Paths of functions that a worker calls over and over, each with the seconds between two calls.
ROUNDS = {
    "comments.actions.alerting.repeat": 60,
    "comments.actions.alert_calls.sweep": 60,
    "comments.actions.withholding.sweep": 15,
    "cms.mail.outbox.sweep": 60,
    "cms.working.forget_finished": 3600,
    "cms.retention.run": 86_400,
}

EMAIL_URL = env.str("EMAIL_URL", "")
MAIL_SERVER = mail_server(EMAIL_URL)
EMAIL_BACKEND = MAIL_SERVER.backend
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
EMAIL_TIMEOUT = 20
MAIL_FROM = required(
    "MAIL_FROM",
    "the address that letters come from, for instance post@example.org",
    default=None if EMAIL_URL and not DEMO else "post@localhost",
)
# What a letter shows before it is opened; whoever else sees a screen or a list of letters sees it too.
MAIL_SENDER = env.str("MAIL_SENDER", "")
MAIL_SUBJECT = env.str("MAIL_SUBJECT", "")
# Seconds after each failed attempt; when they are used up, the letter is given up.
MAIL_RETRIES = [60, 300, 1800, 7200, 21_600, 43_200, 86_400]
# Path of a function: told, by what a letter was about, that its address does not exist.
MAIL_BOUNCED = "comments.actions.contacts.bounced"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "cms.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django_tasks": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django_tasks_db": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
