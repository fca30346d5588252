"""The stream of the live board: who is let in and for how long, and what they cost together."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice

import pytest
from werkzeug.test import TestResponse

from app.domain.audit import By
from app.domain.organizers import Access
from app.domain.roles import Act, Guest, Role, may
from app.services.live_watch import LONGEST, MOST_STREAMS, Pass, Seen, follow
from app.services.people import change_access, disable
from app.services.share_links import list_share_links, revoke_share_link
from app.services.sign_in import sign_out
from app.services.tokens import hashed
from tests.store.making import save, turn
from tests.support.console import OTHER, OWN, Console, Visit
from tests.web.console.test_live import PAGE, TAG, filled, statements
from tests.web.console.test_overview import OWNER, guest_of

__all__ = ["filled"]

STREAM = f"{PAGE}/stream"
BY = By("the test")
VERA = "vera@example.org"


class Follower:
    """Somebody who follows the board; a second passes before each look but the first."""

    def __init__(self, console: Console, visit: Visit, *, share: bool = False) -> None:
        token = visit.cookie("patchline-share" if share else "patchline")
        self.by = Pass(share=hashed(token)) if share else Pass(session=hashed(token))
        self.console = console
        assert console.app.live.enter(self.by, console.account(OWNER).member())
        self.shown = follow(console.desk, console.app.live, self.by, OWN, self._pause)

    def _pause(self) -> bool:
        self.console.clock.move(1)
        return False

    def looks(self) -> Iterator[Seen | None]:
        """What comes, with at most so many signs of life as a minute has."""
        for _ in range(7):
            try:
                yield next(self.shown)
            except StopIteration:
                return

    def is_let_go(self) -> bool:
        """Whether they get nothing any more, within seconds."""
        before = self.console.clock.now()
        return list(self.looks())[3:] == [] and (self.console.clock.now() - before).total_seconds() < 5


@pytest.fixture
def vera(filled: Console) -> Visit:
    """A viewer of one campaign."""
    filled.add(VERA, Role.VIEWER, OWN)
    return filled.signed_in(VERA)


def asked(visit: Visit, path: str = STREAM) -> TestResponse:
    return visit.client.get(path, headers={"Accept": "text/event-stream"}, buffered=False)


def events(answer: TestResponse, count: int) -> list[str]:
    """The first pieces of a stream, which is then closed."""
    found = [piece.decode() for piece in islice(answer.iter_encoded(), count)]
    answer.close()
    return found


def test_a_stream_begins_with_the_board_as_its_page_has_it(filled: Console) -> None:
    owner = filled.signed_in(OWNER)
    answer = asked(owner)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/event-stream", "no-store")
    first, board = events(answer, 2)
    assert first == f"retry: 2000\n\nevent: beat\ndata: {filled.clock.now().timestamp():.3f}\n\n"
    kind, _, data = board.partition("\ndata: ")
    assert (kind, board[-2:], data.count("\n")) == ("event: board", "\n\n", 2)
    assert json.loads(data) == owner.get(f"{PAGE}/now").get_json()


def test_tags_are_for_those_alone_who_may_see_calls(filled: Console, vera: Visit) -> None:
    owner = filled.signed_in(OWNER)
    assert TAG.search(events(asked(owner), 2)[1])
    for visit, path in ((owner, f"{STREAM}?wall=1"), (vera, STREAM), (guest_of(filled), STREAM)):
        assert not TAG.search(events(asked(visit, path), 2)[1])


def test_one_over_the_bound_is_told_to_ask_instead_until_somebody_goes(filled: Console) -> None:
    owner = filled.signed_in(OWNER)
    watch, by = filled.app.live, Pass(session="somebody's")
    assert all(watch.enter(by, Guest(OWN)) for _ in range(MOST_STREAMS))
    assert asked(owner).status_code == HTTPStatus.NO_CONTENT
    watch.leave(by)
    for _ in range(2):
        answer = asked(owner)
        assert answer.status_code == HTTPStatus.OK
        answer.close()


def test_it_is_for_the_script_alone(filled: Console) -> None:
    assert filled.signed_in(OWNER).get(STREAM).status_code == HTTPStatus.NOT_ACCEPTABLE
    assert asked(filled.visit()).status_code == HTTPStatus.UNAUTHORIZED


def test_what_happens_is_shown_within_a_second_and_nothing_is_told_twice(filled: Console) -> None:
    follower = Follower(filled, filled.signed_in(OWNER))
    first = next(follower.shown)
    assert first
    assert first.board.on_line == 3
    save(filled.desk.database, turn(1, call_sid="CA7", seconds=10_800))
    second = next(follower.shown)
    assert second
    assert second.board.on_line == 4
    assert (filled.clock.now() - first.board.at).total_seconds() == 1


def test_a_stream_ends_after_minutes_and_gives_signs_of_life_until_then(filled: Console) -> None:
    follower = Follower(filled, filled.signed_in(OWNER))
    began = filled.clock.now()
    assert list(follower.shown)
    assert filled.clock.now() - began == LONGEST


@pytest.mark.parametrize("how", ["signs out", "is disabled", "is given other campaigns", "idles"])
def test_who_is_shut_out_is_let_go_within_seconds(filled: Console, vera: Visit, how: str) -> None:
    follower, account = Follower(filled, vera), filled.account(VERA)
    assert next(follower.shown)
    match how:
        case "signs out":
            sign_out(filled.desk, vera.cookie())
        case "is disabled":
            disable(filled.desk, BY, account)
        case "is given other campaigns":
            change_access(
                filled.desk, BY, account, Access(Role.VIEWER, all_campaigns=False, campaigns=frozenset({OTHER}))
            )
        case "idles":
            filled.clock.move(9 * 3600)
    assert follower.is_let_go()


def test_another_role_counts_within_seconds(filled: Console, vera: Visit) -> None:
    follower, account = Follower(filled, vera), filled.account(VERA)
    next(follower.shown)
    change_access(filled.desk, BY, account, Access(Role.ANALYST, all_campaigns=True))
    seen = [each for each in follower.looks() if each]
    assert may(seen[-1].viewer, Act.SEE_CALLS, OWN)


def test_whoever_came_by_a_link_that_is_ended_is_let_go(filled: Console) -> None:
    follower = Follower(filled, guest_of(filled), share=True)
    assert next(follower.shown)
    (link,) = list_share_links(filled.desk, OWN)
    assert revoke_share_link(filled.desk, BY, OWN, link.public_id)
    assert follower.is_let_go()


def test_many_followers_cost_as_much_as_one(filled: Console) -> None:
    owner, watch = filled.signed_in(OWNER), filled.app.live
    follower = Follower(filled, owner)

    def cost(count: int) -> int:
        filled.clock.move(2)
        with statements(filled) as said:
            for _ in range(count):
                assert next(follow(filled.desk, watch, follower.by, OWN, lambda: False))
        return len([each for each in said if each.startswith("SELECT")])

    assert cost(1) > 4, "the first of all reads the board"
    assert cost(1) == cost(20) == 4


def test_the_end_of_the_process_ends_all(filled: Console) -> None:
    watch = filled.app.live
    watch.stop_when(lambda: True)
    answer = asked(filled.signed_in(OWNER))
    assert len(events(answer, 9)) == 2
    watch.end()
    assert watch.pause()
