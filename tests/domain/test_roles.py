"""Who may do what, as the product promises it, written down a second time."""

import pytest

from app.domain.roles import RULES, Act, Guest, Member, Role, may

OWN, EDIT, READ, VIEW = Role.OWNER, Role.ORGANIZER, Role.ANALYST, Role.VIEWER
PROMISED = {
    Act.USE_ACCOUNT: {OWN, EDIT, READ, VIEW},
    Act.MANAGE_PEOPLE: {OWN},
    Act.SEE_AUDIT: {OWN},
    Act.CHANGE_SETTINGS: {OWN},
    Act.EDIT_CAMPAIGNS: {OWN, EDIT},
    Act.SHARE_FIGURES: {OWN, EDIT},
    Act.SEE_CALLS: {OWN, EDIT, READ},
    Act.FIND_BY_NUMBER: {OWN},
    Act.EXPORT_CALLS: {OWN, EDIT, READ},
    Act.CORRECT_CALLS: {OWN, EDIT},
    Act.BLOCK_CALLERS: {OWN, EDIT},
    Act.LIFT_BLOCKS: {OWN},
    Act.ERASE_CALLERS: {OWN},
    Act.SEE_FIGURES: {OWN, EDIT, READ, VIEW},
}


def test_every_act_has_a_rule() -> None:
    assert set(RULES) == set(Act) == set(PROMISED)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_is_promised_in_its_own_campaigns_alone(act: Act, role: Role) -> None:
    somebody = Member(1, "a@b.org", role, all_campaigns=False, campaigns=frozenset({"own"}))
    assert may(somebody, act, "own") is (role in PROMISED[act])
    assert may(somebody, act, None) is (role in PROMISED[act])
    # An owner reaches every campaign.
    assert may(somebody, act, "other") is (role is OWN)
    anywhere = Member(1, "a@b.org", role)
    assert may(anywhere, act, "other") is (role in PROMISED[act])


@pytest.mark.parametrize("role", Role)
def test_finding_by_number_can_be_granted_to_an_organizer_alone(role: Role) -> None:
    granted = Member(1, "a@b.org", role, grants=frozenset(Act))
    assert may(granted, Act.FIND_BY_NUMBER, "own") is (role in {OWN, EDIT})
    assert may(granted, Act.MANAGE_PEOPLE) is (role is OWN)


@pytest.mark.parametrize("act", Act)
def test_a_guest_sees_the_figures_of_one_campaign_and_nothing_else(act: Act) -> None:
    guest = Guest("own")
    assert may(guest, act, "own") is (act is Act.SEE_FIGURES)
    assert not may(guest, act, "other")
    assert not may(guest, act, None)
