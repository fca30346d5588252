"""The settings, whole and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.config import variables as var
from app.config.demo_secrets import DemoSecretError, kept_secret
from app.config.secret import Secret
from app.config.values import T, Values, Variable

_BESIDE = Path(__file__).resolve().parents[2]
PROJECT_DIR = _BESIDE if (_BESIDE / "pyproject.toml").is_file() else Path.cwd()

# The number that Twilio's test credentials accept as a caller: no real line is behind it.
DEMO_NUMBER = "+15005550006"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What this server was told, checked and with every default filled in."""

    host: str
    port: int
    public_url: str
    database_url: str = field(repr=False)
    instance_dir: Path
    redis_url: Secret | None
    secret_key: Secret
    phone_hash_key: Secret
    account_sid: str | None
    auth_tokens: tuple[Secret, ...]
    auth_token_is_generated: bool
    phone_number: str
    fallback_url: str | None
    smtp_url: Secret | None
    mail_from: str | None
    trusted_proxies: int
    web_concurrency: int
    log_level: str
    sentry_dsn: Secret | None = None
    otel_endpoint: str | None = None

    @property
    def is_demo(self) -> bool:
        """Tells whether the built-in phone stands in for the carrier."""
        return self.account_sid is None

    @property
    def is_https(self) -> bool:
        """Tells whether browsers reach this server by https."""
        return self.public_url.startswith("https://")

    @property
    def auth_token_file(self) -> Path:
        """Names the file in which a demo keeps the token it made for itself."""
        return secret_file(self.instance_dir, var.TWILIO_AUTH_TOKEN)

    @property
    def demo_sign_in_file(self) -> Path:
        """Names the file in which a demo keeps the password of its owner."""
        return self.instance_dir / "demo_sign_in"

    @classmethod
    def load(cls, environ: Mapping[str, str], env_file: Path, *, processes: int = 1) -> "Settings":
        """Reads the settings, or raises a SettingsError that names all that is wrong.

        `processes` are as many as there shall be where WEB_CONCURRENCY does not say.
        """
        values = Values(environ, env_file, live_with=var.TWILIO_ACCOUNT_SID)
        folder = values.get(var.INSTANCE_DIR, PROJECT_DIR / "instance")
        host, port = values.get(var.HOST, "127.0.0.1"), values.get(var.PORT, 5000)
        settings = cls(
            host=host,
            port=port,
            public_url=values.get(var.PUBLIC_URL, default_url(host, port)),
            database_url=values.get(var.DATABASE_URL, f"sqlite:///{folder}/patchline.db"),
            instance_dir=folder,
            redis_url=values.get(var.REDIS_URL, None),
            secret_key=values.get(var.SECRET_KEY, _kept(values, folder, var.SECRET_KEY)),
            phone_hash_key=values.get(var.PHONE_HASH_KEY, _kept(values, folder, var.PHONE_HASH_KEY)),
            account_sid=values.get(var.TWILIO_ACCOUNT_SID, None),
            auth_tokens=values.get(var.TWILIO_AUTH_TOKEN, (_kept(values, folder, var.TWILIO_AUTH_TOKEN),)),
            auth_token_is_generated=not values.has(var.TWILIO_AUTH_TOKEN),
            phone_number=values.get(var.TWILIO_PHONE_NUMBER, DEMO_NUMBER),
            fallback_url=values.get(var.FALLBACK_URL, None),
            smtp_url=values.get(var.SMTP_URL, None),
            mail_from=values.get(var.MAIL_FROM, None),
            trusted_proxies=values.get(var.TRUSTED_PROXIES, 0),
            web_concurrency=values.get(var.WEB_CONCURRENCY, processes),
            log_level=values.get(var.LOG_LEVEL, "info"),
            sentry_dsn=values.get(var.SENTRY_DSN, None),
            otel_endpoint=values.get(var.OTEL_EXPORTER_OTLP_ENDPOINT, None),
        )
        if settings.smtp_url and not settings.mail_from:
            values.problems.append("MAIL_FROM is missing: set it to the address that mail comes from.")
        values.raise_problems()
        return settings


def default_url(host: str, port: int) -> str:
    """Gives the address of a server that no proxy stands before."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def secret_file(folder: Path, variable: Variable[T]) -> Path:
    """Names the file in which a demo keeps what this variable would give."""
    return folder / variable.name.lower()


def _kept(values: Values, folder: Path, variable: Variable[T]) -> Secret:
    if values.live or values.has(variable):
        return Secret("")  # never used: the variable is there, or its absence is a problem
    try:
        return kept_secret(secret_file(folder, variable))
    except DemoSecretError as problem:
        values.problems.append(f"{variable.name} is not set, and {problem}")
        return Secret("")
