"""What is done beside answering: before the first answer, in rounds, and by letters."""

from cms.env import env, mail_server, required
from cms.settings.site import DEMO

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
