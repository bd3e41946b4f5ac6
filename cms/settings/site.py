"""What a site has to say of itself: where it is, its keys, who stands before it."""

from pathlib import Path

from cms.env import env, required, required_keys

BASE_DIR = Path(__file__).resolve().parents[2]
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
