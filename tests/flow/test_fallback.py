"""What the carrier says by itself while the server is down."""

from app.domain.verbs import Dial, Gather, Hangup, Say, Verb, plain
from app.flow.fallback import apology_alone, connection, offer
from tests.support.campaigns import campaign

OF = campaign()
MADISON = next(office for office in OF.offices if office.id == "madison")


def says(verbs: tuple[Verb, ...]) -> list[Say]:
    return [
        say for verb in verbs for say in (verb.says if isinstance(verb, Gather) else [verb]) if isinstance(say, Say)
    ]


def test_every_language_is_told_the_office_and_its_number() -> None:
    for verbs in (offer(OF, MADISON), apology_alone(OF, MADISON)):
        told = says(verbs)
        assert {say.language for say in told} == {"en", "es"}
        assert "6 0 8, 2 6 4, 5 3 3 8" in plain(told[-1].speech)
        assert isinstance(verbs[-1], Hangup)


def test_no_office_is_rung_until_a_key_asks_for_it() -> None:
    offered = offer(OF, MADISON)
    assert isinstance(offered[0], Gather)
    assert offered[0].falls_through
    assert not any(isinstance(verb, Dial) for verb in (*offered, *apology_alone(OF, MADISON)))


def test_the_office_is_rung_once_within_the_campaigns_limits() -> None:
    verbs = connection(OF, MADISON)
    (dial,) = [verb for verb in verbs if isinstance(verb, Dial)]
    assert (dial.number, dial.ring_s) == (MADISON.number, OF.limits.ring_seconds)
    assert isinstance(verbs[-1], Hangup)
