"""People: invited, changed, disabled; only the fields of the form count, and there is always an owner."""

from http import HTTPStatus

import pytest

from app.domain.audit import By
from app.domain.organizers import Access
from app.domain.roles import Role
from app.services import people
from app.services.share_links import make_share_link, open_share_link
from app.store.schema import metadata
from tests.support.console import NAME, OTHER, OWN, PASSWORD, Console, Visit, all_rows

ANA = "ana@example.org"
OWNER = "organizer@demo.invalid"


@pytest.fixture
def owner(console: Console) -> Visit:
    """The owner's browser."""
    return console.signed_in(OWNER)


def path_of(console: Console, email: str = ANA) -> str:
    return f"/console/people/{console.account(email).public_id}"


def test_the_list_says_who_may_what_and_who_was_here(console: Console, owner: Visit) -> None:
    console.add(ANA, Role.ANALYST, OWN)
    owner.post("/console/people", {"email": "bert@example.org", "role": "viewer", "reach": "all"})
    page = owner.get("/console/people").text
    for said in (OWNER, "Nov 24, 2026, 5:00 p.m. UTC", ANA, NAME, "bert@example.org", "Invited", "Never"):
        assert said in page


def test_a_role_counts_from_the_next_request_on(console: Console, owner: Visit) -> None:
    console.add(ANA, Role.ORGANIZER)
    ana = console.signed_in(ANA)
    assert ana.get(f"/console/campaigns/{OTHER}/share").status_code == HTTPStatus.OK
    form = {"role": "organizer", "reach": "some", "campaign": [OWN], "may_search": "on"}
    assert owner.post(path_of(console), form).status_code == HTTPStatus.SEE_OTHER
    assert ana.get(f"/console/campaigns/{OTHER}/share").status_code == HTTPStatus.FORBIDDEN
    assert ana.get(f"/console/campaigns/{OWN}/share").status_code == HTTPStatus.OK
    told = f"{ANA} may do: organizer (all campaigns) became organizer ({NAME}; may find calls by a number)."
    assert console.audit()[-1] == f"{OWNER} changed what {told}"
    before = len(console.audit())
    assert owner.post(path_of(console), form).status_code == HTTPStatus.SEE_OTHER
    assert len(console.audit()) == before
    assert "checked> Honduras 2017" in owner.get(path_of(console)).text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"email": "", "role": "viewer", "reach": "all"}, "Write an e-mail address"),
        ({"email": "ana", "role": "viewer", "reach": "all"}, "Write an e-mail address"),
        ({"email": "a@b.org\nBcc: x@y.org", "role": "viewer", "reach": "all"}, "Write an e-mail address"),
        ({"email": ANA, "role": "admin", "reach": "all"}, "Choose one of the roles"),
        ({"email": ANA, "role": "viewer", "reach": "some"}, "Choose at least one campaign"),
        ({"email": ANA, "role": "viewer", "reach": "some", "campaign": "not-there"}, "Choose at least one campaign"),
        ({"email": OWNER.upper(), "role": "viewer", "reach": "all"}, "has an account already"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(sqlite_console: Console, form: dict[str, str], said: str) -> None:
    owner = sqlite_console.signed_in(OWNER)
    answer = owner.post("/console/people", form)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text or "campaign-error" in answer.text
    assert form["email"].strip() in answer.text


def test_only_the_fields_of_the_form_count(console: Console, owner: Visit) -> None:
    account = console.add(ANA, Role.VIEWER, OWN)
    columns = {column.name: "1" for table in metadata.sorted_tables for column in table.columns}
    ana = console.signed_in(ANA)
    for form in (columns, {**columns, "role": "owner"}):
        ana.post("/console/account/password", form)
        ana.post(f"/console/people/{account.public_id}", form)
    assert console.account(ANA) == account
    hostile = {**columns, "role": "viewer", "reach": "some", "campaign": OWN}
    owner.post(path_of(console), hostile)
    # `may_search` is a field too, but no viewer may have it.
    assert console.account(ANA) == account


def test_the_last_owner_can_neither_go_nor_be_less(console: Console, owner: Visit) -> None:
    path = path_of(console, OWNER)
    for answer in (
        owner.post(path, {"role": "viewer", "reach": "all"}),
        owner.post(f"{path}/disable"),
    ):
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "make somebody else an owner first" in answer.text
    console.add(ANA, Role.OWNER)
    assert owner.post(f"{path}/disable").status_code == HTTPStatus.SEE_OTHER
    assert console.account(OWNER).disabled_at


def test_an_owner_can_end_sessions_and_help_somebody_who_lost_everything(console: Console, owner: Visit) -> None:
    account = console.add(ANA)
    with console.desk.database.write() as connection:
        table = metadata.tables["organizers"]
        connection.execute(table.update().where(table.c.id == account.id).values(factor_secret="v1.sealed"))
    ana = console.signed_in(ANA)
    assert "the test" in owner.get(path_of(console)).text
    assert owner.post(f"{path_of(console)}/end-sessions").status_code == HTTPStatus.SEE_OTHER
    assert ana.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    assert owner.post(f"{path_of(console)}/remove-second-factor").status_code == HTTPStatus.SEE_OTHER
    assert console.account(ANA).factor_secret is None
    assert "/console/reset/" in owner.post(f"{path_of(console)}/link").text
    told = ["signed ana@example.org out everywhere", "removed ana@example.org's second factor", "made a link to a new"]
    assert all(said in sentence for said, sentence in zip(told, console.audit()[-3:], strict=True))


def test_an_account_s_password_and_sessions(console: Console) -> None:
    console.add(ANA)
    here, there = console.signed_in(ANA), console.signed_in(ANA)
    wrong = here.post("/console/account/password", {"password": "no", "new_password": "short", "again": ""})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This is not your password." in wrong.text
    assert "at least 12 characters" in wrong.text
    before = here.cookie()
    new = "a new long password"
    changed = here.post("/console/account/password", {"password": PASSWORD, "new_password": new, "again": new})
    assert changed.status_code == HTTPStatus.SEE_OTHER
    assert here.cookie() != before
    assert "Your password is changed" in here.get("/console/account").text
    assert "Your password is changed" not in here.get("/console/account").text
    assert there.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    assert console.visit().sign_in(ANA, new).status_code == HTTPStatus.SEE_OTHER

    sessions = all_rows(console.desk.database)["sign_in_sessions"]
    public_ids = [row[1] for row in sessions]
    ends = [here.post(f"/console/account/sessions/{each}/end").status_code for each in public_ids]
    # The ended ones are not there any more, and nobody else's ever were.
    assert max(ends) == HTTPStatus.NOT_FOUND
    bert = console.signed_in(console.add("bert@example.org").email)
    mine = console.signed_in(ANA)
    live = [row[1] for row in all_rows(console.desk.database)["sign_in_sessions"]]
    for each in live:
        bert.post(f"/console/account/sessions/{each}/end")
    assert mine.get("/console/account").status_code == HTTPStatus.OK


def test_the_password_of_somebody_who_left_the_browser_open_cannot_be_tried_out(sqlite_console: Console) -> None:
    sqlite_console.add(ANA)
    visit = sqlite_console.signed_in(ANA)
    pages = [visit.post("/console/account/second-factor/codes", {"password": f"no {n}"}).text for n in range(6)]
    assert "too many tries" not in pages[4]
    assert "There were too many tries. Wait 2 minutes." in pages[5]


@pytest.mark.parametrize(
    ("access", "kept"),
    [
        (None, set()),
        (Access(Role.ORGANIZER, True, may_search=True), {OWN, OTHER}),
        (Access(Role.ORGANIZER, False, frozenset({OWN})), {OWN}),
        (Access(Role.VIEWER, True), set()),
    ],
)
def test_share_links_end_with_what_their_maker_may_share(
    console: Console, access: Access | None, kept: set[str]
) -> None:
    ana, bert = console.add(ANA), console.add("bert@example.org")
    by = By("the test")
    urls = [make_share_link(console.desk, by, ana.member(), slug, "", 7) for slug in (OWN, OTHER)]
    other = make_share_link(console.desk, by, bert.member(), OTHER, "", 7)
    if access:
        people.change_access(console.desk, by, ana, access)
    else:
        people.disable(console.desk, by, ana)
    found = [open_share_link(console.desk, url.rpartition("/")[2]) for url in urls]
    assert {guest.campaign for guest in found if guest} == kept
    assert open_share_link(console.desk, other.rpartition("/")[2])
