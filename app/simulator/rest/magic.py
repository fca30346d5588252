"""The magic values of Twilio's test credentials, as one table (Twilio: test credentials)."""

from collections.abc import Mapping
from types import MappingProxyType

from app.simulator.rest.errors import RestError

OTHERS = "others"
_N = "+1500555000"

# By resource and field: the error code that a value is answered with, or None where it is good. Where others are not
# named, the value is checked as with live credentials.
MAGIC: Mapping[tuple[str, str], Mapping[str, int | None]] = MappingProxyType(
    {
        ("IncomingPhoneNumbers", "PhoneNumber"): {f"{_N}0": 21422, f"{_N}1": 21421, f"{_N}6": None},
        ("IncomingPhoneNumbers", "AreaCode"): {"533": 21452, "500": None},
        ("Messages", "From"): {f"{_N}1": 21212, f"{_N}7": 21606, OTHERS: 21606, f"{_N}8": 21611, f"{_N}6": None},
        ("Messages", "To"): {
            f"{_N}1": 21211, f"{_N}2": 21612, f"{_N}3": 21408, f"{_N}4": 21610, f"{_N}9": 21614,
        },
        ("Calls", "From"): {f"{_N}1": 21212, f"{_N}6": None, OTHERS: 21210},
        ("Calls", "To"): {f"{_N}1": 21217, f"{_N}2": 21214, f"{_N}3": 21215, f"{_N}4": 21216},
    }
)  # fmt: skip


def settles(resource: str, field: str, value: str) -> bool:
    """Whether the table says that a value is good, so that nothing else is asked of it; raises RestError if it is not.

    False leaves it to the checks of live credentials.
    """
    table = MAGIC[resource, field]
    if value not in table and OTHERS not in table:
        return False
    code = table.get(value, table.get(OTHERS))
    if code is not None:
        raise RestError(code, value)
    return True
