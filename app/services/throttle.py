"""How often somebody may try: wrong tries cost time, but nobody can be locked out by another's tries.

An account takes few tries from browsers that nobody has signed in by; a single network can use up only part of them.
A browser that its owner has signed in by has tries of its own, and a link by mail needs no try at all.
"""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from app.services.desk import Desk
from app.store.attempts import Bucket, clear, look, take

UNKNOWN_PLACE = "somewhere"


def place_of(address: str) -> str:
    """The network that an address belongs to, as wide as one customer usually has it."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN_PLACE
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def password_buckets(desk: Desk, email: str, place: str, device: str) -> list[Bucket]:
    """Where a try of a password counts; together they let 20 through in an hour to an account."""
    if is_known_device(desk, email, device):
        return [Bucket(_name(desk, "device", email, device), 5, timedelta(minutes=4))]
    network = _of_place(Bucket(f"network|{place}", 30, timedelta(seconds=10)), place)
    account = Bucket(_name(desk, "account", email), 5, timedelta(minutes=4))
    both = Bucket(_name(desk, "both", email, place), 5, timedelta(minutes=6))
    return [*network, account, both]


def mail_buckets(desk: Desk, email: str, place: str) -> list[Bucket]:
    """Where a wish for a link by mail counts."""
    return [
        *_of_place(Bucket(f"mail|{place}", 10, timedelta(minutes=6)), place),
        Bucket(_name(desk, "mail", email), 3, timedelta(minutes=20)),
    ]


def _of_place(bucket: Bucket, place: str) -> list[Bucket]:
    # Where visitors cannot be told apart, one of them would use up everybody's tries.
    return [] if place == UNKNOWN_PLACE else [bucket]


def factor_buckets(organizer_id: int) -> list[Bucket]:
    """Where a try of a code counts; it takes the password to come so far."""
    return [Bucket(f"factor|{organizer_id}", 5, timedelta(minutes=4))]


def confirmation_buckets(organizer_id: int) -> list[Bucket]:
    """Where a password counts that somebody who has signed in gives again."""
    return [Bucket(f"confirmation|{organizer_id}", 5, timedelta(minutes=2))]


def wait_for(desk: Desk, buckets: list[Bucket]) -> timedelta | None:
    """Count a try; None if it may go on, else how long to wait. Whoever has to wait writes nothing."""
    with desk.database.read() as connection:
        wait = look(connection, buckets, desk.clock.now())
    if wait is not None:
        return wait
    with desk.database.write() as connection:
        return take(connection, buckets, desk.clock.now())


def forgive(desk: Desk, buckets: list[Bucket]) -> None:
    """Count no try of who was right, except to the network's."""
    with desk.database.write() as connection:
        clear(connection, [bucket.name for bucket in buckets if not bucket.name.startswith("network|")])


def new_device(desk: Desk, email: str, nonce: str) -> str:
    """What a browser keeps to show that its owner has signed in by it."""
    return f"{nonce}.{_device_tag(desk, email, nonce)}"


def is_known_device(desk: Desk, email: str, device: str) -> bool:
    """Whether the owner of the account has signed in by this browser."""
    nonce, _, tag = device.partition(".")
    return hmac.compare_digest(tag.encode("utf-8", "replace"), _device_tag(desk, email, nonce).encode())


def _device_tag(desk: Desk, email: str, nonce: str) -> str:
    told = f"{email}|{nonce}".encode("utf-8", "replace")
    return hmac.new(desk.key(b"device"), told, hashlib.sha256).hexdigest()


def _name(desk: Desk, kind: str, *parts: str) -> str:
    # Addresses that somebody typed are not kept as they are.
    told = "|".join(parts).encode("utf-8", "replace")
    return f"{kind}|{hmac.new(desk.key(b'attempts'), told, hashlib.sha256).hexdigest()}"
