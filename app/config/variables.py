"""The table of variables: all that can be told to this server from outside."""

from typing import Any

from app.config import parsers
from app.config.secret import Secret
from app.config.values import Variable

RANDOM = f"set it to at least {parsers.SHORTEST_KEY} random characters"

HOST = Variable("HOST", parsers.host)
PORT = Variable("PORT", parsers.whole_number(1, 65535))
DATABASE_URL = Variable("DATABASE_URL", parsers.database_url)
PUBLIC_URL = Variable(
    "PUBLIC_URL",
    parsers.public_url,
    parse_live=parsers.https_url,
    needed_live="set it to the https address under which the carrier reaches this server",
)
SECRET_KEY = Variable(
    "SECRET_KEY",
    Secret,
    parse_live=parsers.long_secret,
    needed_live=RANDOM,
)
TWILIO_ACCOUNT_SID = Variable("TWILIO_ACCOUNT_SID", parsers.account_sid)
TWILIO_AUTH_TOKEN = Variable(
    "TWILIO_AUTH_TOKEN",
    parsers.auth_tokens,
    needed_live="set it to the auth token that the Twilio console shows",
)
TWILIO_PHONE_NUMBER = Variable(
    "TWILIO_PHONE_NUMBER",
    parsers.phone_number,
    needed_live="set it to the hotline's number, such as +16085551234",
)
PHONE_HASH_KEY = Variable(
    "PHONE_HASH_KEY",
    Secret,
    parse_live=parsers.long_secret,
    needed_live=f"{RANDOM}, and never change it",
)
FALLBACK_URL = Variable("FALLBACK_URL", parsers.https_url)
SMTP_URL = Variable("SMTP_URL", parsers.smtp_url)
MAIL_FROM = Variable("MAIL_FROM", parsers.mail_address)
TRUSTED_PROXIES = Variable("TRUSTED_PROXIES", parsers.whole_number(0, 9))
REDIS_URL = Variable("REDIS_URL", parsers.redis_url)
WEB_CONCURRENCY = Variable("WEB_CONCURRENCY", parsers.whole_number(1, 64))
LOG_LEVEL = Variable("LOG_LEVEL", parsers.log_level)
SENTRY_DSN = Variable("SENTRY_DSN", parsers.sentry_dsn)
OTEL_EXPORTER_OTLP_ENDPOINT = Variable("OTEL_EXPORTER_OTLP_ENDPOINT", parsers.public_url)
INSTANCE_DIR = Variable("INSTANCE_DIR", parsers.folder)

# In the order of `.env.example`.
VARIABLES: tuple[Variable[Any], ...] = (
    HOST,
    PORT,
    PUBLIC_URL,
    DATABASE_URL,
    INSTANCE_DIR,
    REDIS_URL,
    SECRET_KEY,
    PHONE_HASH_KEY,
    TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN,
    TWILIO_PHONE_NUMBER,
    FALLBACK_URL,
    SMTP_URL,
    MAIL_FROM,
    TRUSTED_PROXIES,
    WEB_CONCURRENCY,
    LOG_LEVEL,
    SENTRY_DSN,
    OTEL_EXPORTER_OTLP_ENDPOINT,
)
