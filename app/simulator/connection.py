"""Connection settings in a URL's fragment (Twilio: webhooks connection overrides)."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urlsplit, urlunsplit

HARD_CAP_S = 15.0
_BOUNDS = {"ct": (100, 10000), "rt": (100, 15000), "tt": (100, 15000), "rc": (0, 5)}
_POLICIES = frozenset(("ct", "rt", "4xx", "5xx", "all"))
_EDGES = ("ashburn", "dublin", "frankfurt", "sao-paulo", "singapore", "sydney", "tokyo", "umatilla")


class BadConnectionSetting(ValueError):
    """The fragment of a URL says something that Twilio does not know."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Timeouts in seconds, the number of retries, and what is retried."""

    connect_s: float = 5.0
    read_s: float = HARD_CAP_S
    total_s: float = HARD_CAP_S
    retries: int = 1
    retry_on: frozenset[str] = frozenset(("ct",))

    def retries_on(self, failure: str) -> bool:
        """Whether a failure of this kind (ct, rt, 4xx, 5xx) is tried again; half an answer never."""
        return failure in self.retry_on or ("all" in self.retry_on and failure != "partial")


def split_settings(url: str) -> tuple[str, Connection]:
    """The URL as it is requested, and its settings; raises BadConnectionSetting."""
    target, fragment = urldefrag(url)
    values = {"ct": 5000, "rt": 15000, "tt": 15000, "rc": 1}
    policies = frozenset(("ct",))
    for name, text in parse_qsl(fragment, keep_blank_values=True):
        if name in _BOUNDS:
            values[name] = _bounded(name, text)
        elif name == "rp":
            policies = _policies(text)
        else:
            _check_other(name, text)
    times = (values["ct"] / 1000, values["rt"] / 1000, values["tt"] / 1000)
    return target, Connection(*times, retries=values["rc"], retry_on=policies)


def signed_form(url: str) -> str:
    """The URL as it enters the signature: no credentials, and for voice over HTTPS no port."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https":
        host = host.partition(":")[0]
    return urlunsplit(parts._replace(netloc=host))


def _bounded(name: str, text: str) -> int:
    low, high = _BOUNDS[name]
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadConnectionSetting(f"#{name}={text} must be a number from {low} to {high}")
    return int(text)


def _policies(text: str) -> frozenset[str]:
    policies = frozenset(text.split(","))
    if not policies <= _POLICIES:
        raise BadConnectionSetting(f"#rp={text} must name some of {', '.join(sorted(_POLICIES))}")
    return policies


def _check_other(name: str, text: str) -> None:
    if name == "sni" and text in ("y", "n"):
        return
    if name == "e" and all(edge.removesuffix("-ix") in _EDGES for edge in text.split(",")):
        return
    raise BadConnectionSetting(f"#{name}={text} is no connection setting of Twilio")
