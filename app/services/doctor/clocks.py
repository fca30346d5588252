"""Whether two clocks agree: hours, holidays and limits go by them."""

from app.services.doctor.finding import Finding, ok, wrong

_MOST_SKEW_S = 30


def judge_clock(whose: str, ahead_s: float) -> Finding:
    """A clock beside this machine's."""
    if abs(ahead_s) <= _MOST_SKEW_S:
        return ok(f"{whose} agrees with this machine's.")
    way = "ahead of" if ahead_s > 0 else "behind"
    return wrong(
        f"{whose} is {abs(ahead_s):.0f} s {way} this machine's.",
        "Let both machines keep time by NTP (timedatectl set-ntp true).",
    )
