"""The name of every sentence that a language must have."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class P(StrEnum):
    """A prompt; EXPERIENCE's short name of it stands behind where there is one."""

    OTHER_LANGUAGE = "other_language"  # said in this language within another one's greeting (G1)
    MENU_FIRST = "menu_first"  # M1
    MENU_OFFICE_FIRST = "menu_office_first"
    MENU_OFFICE = "menu_office"
    MENU_OFFICE_CLOSED = "menu_office_closed"
    MENU_MORE = "menu_more"
    MENU_LAST = "menu_last"
    CONNECT_FIRST = "connect_first"  # C1
    CONNECT_LATER = "connect_later"  # C2
    OUTCOME = "outcome"  # Q1
    THANKS_COUNT = "thanks_count"  # N1
    THANKS = "thanks"
    NEXT = "next"
    FINISH = "finish"
    TRY = "try"  # the second half of F1, F2, F3
    BUSY = "busy"  # F1
    NO_ANSWER = "no_answer"  # F2
    FAILED = "failed"  # F3
    NO_OFFER = "no_offer"
    NONE_LEFT = "none_left"
    CLOSED = "closed"  # CL1
    CLOSED_TIP = "closed_tip"
    CLOSED_KEYS = "closed_keys"
    ALL_CLOSED_UNTIL = "all_closed_until"  # CL2
    ALL_CLOSED = "all_closed"
    HOLIDAY = "holiday"  # HOL
    ALL_CLOSED_KEYS = "all_closed_keys"
    SCRIPT = "script"  # SC1
    SCRIPT_END = "script_end"  # SC2
    SILENT_1 = "silent_1"  # E1
    SILENT_2 = "silent_2"  # E2
    SILENT_LAST = "silent_last"  # E3
    WRONG_KEY = "wrong_key"  # I1
    NOT_HEARD = "not_heard"
    SCAN = "scan"  # I2
    BACK = "back"  # R1
    BACK_SOME = "back_some"
    BACK_MANY = "back_many"
    BACK_ALL = "back_all"  # R2
    BACK_ALL_ONE = "back_all_one"
    LIMIT = "limit"  # L1
    IS_NEXT = "is_next"
    FULL_ONE = "full_one"  # W1
    FULL_MANY = "full_many"
    FREE = "free"
    GOODBYE_NONE = "goodbye_none"  # B1
    GOODBYE_ONE = "goodbye_one"
    GOODBYE_MANY = "goodbye_many"
    ALL_REACHED = "all_reached"  # N2
    ALL_REACHED_ONE = "all_reached_one"
    CALL_LIMIT = "call_limit"
    HELP = "help"  # H0
    HELP_LANGUAGE = "help_language"  # said in this language within another one's help
    HELP_MORE = "help_more"
    HELP_CONTACT = "help_contact"
    HELP_PATIENT = "help_patient"
    STAR = "star"  # B0
    ENDED = "ended"  # X1
    PAUSED = "paused"
    BLOCKED = "blocked"
    FAULT = "fault"  # X2
    FAULT_NUMBER = "fault_number"
    FAULT_GO_ON = "fault_go_on"
    FALLBACK_DONE = "fallback_done"  # said by the carrier alone, while Patchline is down
    FALLBACK_CONNECT = "fallback_connect"
    FALLBACK_CALLING = "fallback_calling"
    FALLBACK_BYE = "fallback_bye"
    NO_CAMPAIGN = "no_campaign"


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which calls are held: its carrier locale, its voice, its sentences.

    In a sentence `{name}` is filled in, ` / ` is a pause of 250 ms and ` // ` one of 500 ms. `placeholders` are what is
    spoken for those of a script. `callers` are the words for two and more; `after_noon` follows an hour after twelve;
    `days` are Monday first, `months` January first.
    """

    code: str
    locale: str
    voice: str
    sentences: Mapping[P, str]
    placeholders: Mapping[str, str]
    conjunction: str
    today: str
    on_day: str
    at_hour: str
    at_one: str
    after_noon: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    date_form: str
    callers: tuple[str, ...]
