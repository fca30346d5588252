"""What Patchline says in English."""

from types import MappingProxyType

from app.flow.prompts.keys import Language, P

ENGLISH = Language(
    code="en",
    locale="en-US",
    # Always named: an account's default voice can change what a Say without a voice sounds like.
    voice="Polly.Joanna",
    placeholders=MappingProxyType({"[NAME]": "your name", "[CITY]": "your city", "[OFFICE]": "the office"}),
    conjunction="and",
    today="today {at}",
    on_day="{day} {at}",
    at_hour="at {hour}",
    at_one="at {hour}",
    after_noon=" p.m.",
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    date_form="{day}, {month} {number},",
    callers=("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
    sentences=MappingProxyType(
        {
            P.OTHER_LANGUAGE: "For English, press nine.",
            P.MENU_FIRST: "For the best available office, / press pound. // Or choose one.",
            P.MENU_OFFICE_FIRST: "{office}, / press {key}.",
            P.MENU_OFFICE: "{office}, {key}.",
            P.MENU_OFFICE_CLOSED: "{office}, closed now, {key}.",
            P.MENU_MORE: "More offices, {key}.",
            P.MENU_LAST: "For the full script, / press 8. // To repeat, 0.",
            P.CONNECT_FIRST: "Calling the {office} office. // Say your name and city first. // "
            "Press star any time to end that call and come back here.",
            P.CONNECT_LATER: "Calling {office}. // Star brings you back.",
            P.OUTCOME: "You're back with us. // If you spoke with staff, / press 1. // Left a voicemail, 2. // "
            "Could not get through, 3. // To skip, pound.",
            P.THANKS_COUNT: "Thank you. That's {count} of {total}.",
            P.THANKS: "Thank you.",
            P.NEXT: "Next: {office}. // To call it, / press pound. // For the list, 0.",
            P.FINISH: "To finish, hang up.",
            P.TRY: "To try {office} now, / press pound. // For the list, 0.",
            P.BUSY: "{office} is busy, so it stays on your list.",
            P.NO_ANSWER: "Nobody answered in {office}. It stays on your list.",
            P.FAILED: "That call did not go through, and we have told our team.",
            P.NONE_LEFT: "There is no further office to suggest right now.",
            P.NO_OFFER: "For the list, / press 0. // To finish, hang up.",
            P.CLOSED: "{office} is closed now.",
            P.CLOSED_TIP: "You can leave a voicemail: give your name, street address and message.",
            P.CLOSED_KEYS: "To do that, / press pound. // For another office, 0.",
            P.ALL_CLOSED_UNTIL: "The offices are closed and open {when}.",
            P.ALL_CLOSED: "The offices are closed now.",
            P.HOLIDAY: "Today is a federal holiday, so offices are closed until {when}.",
            P.ALL_CLOSED_KEYS: "To leave a voicemail now, / press pound. // For the list, 0.",
            P.SCRIPT: "Full script. // To choose an office, / press pound.",
            P.SCRIPT_END: "That was the script. // For the best office, / press pound. // To hear it again, 0.",
            P.SILENT_1: "Take your time. // For the best available office, / press pound. // To hear the list, 0.",
            P.SILENT_2: "Still with us? // You can also say a city, such as {office}. // "
            "If you need more time, / press 0.",
            P.SILENT_LAST: "We will let you go for now. // The script and numbers are on our page, "
            "and you can call back any time. Goodbye.",
            P.WRONG_KEY: "That key is not used here. // For the best available office, / press pound. // "
            "For the list, 0.",
            P.NOT_HEARD: "We did not catch that. // For the best available office, / press pound. // For the list, 0.",
            P.SCAN: "Let's go one at a time. // Press any key when you hear your office.",
            P.BACK: "Welcome back.",
            P.BACK_SOME: "Welcome back. You already called {offices}.",
            P.BACK_MANY: "Welcome back. You already called {count} offices.",
            P.BACK_ALL: "Welcome back. You have reached all {total} offices, and calling again still helps. // "
            "Press an office number, or 0 for the list.",
            P.BACK_ALL_ONE: "Welcome back. You have reached {office}, and calling again still helps. // "
            "To call, / press pound.",
            P.LIMIT: "You have called {office} {count} times today, so let's try another.",
            P.IS_NEXT: "{office} is next: / press pound. // For the list, 0.",
            P.FULL_ONE: "One caller is on with {office} right now.",
            P.FULL_MANY: "{count} callers are on with {office} right now.",
            P.FREE: "{office} is free: / press pound. // For the list, 0.",
            P.GOODBYE_NONE: "Thank you for calling. Please share this number. Goodbye.",
            P.GOODBYE_ONE: "You made 1 call today. Thank you for speaking up. Please share this number. Goodbye.",
            P.GOODBYE_MANY: "You made {count} calls today. Thank you for speaking up. "
            "Please share this number. Goodbye.",
            P.ALL_REACHED: "Thank you. You have now called all {total} offices. "
            "Call again tomorrow; it still counts. Goodbye.",
            P.ALL_REACHED_ONE: "Thank you. Call again tomorrow; it still counts. Goodbye.",
            P.CALL_LIMIT: "That is as many calls as we can place at one go. Thank you for speaking up. "
            "Please call again later. Goodbye.",
            P.HELP: "Pound calls the next best office. // A number from 1 to {last} calls that office. // "
            "Star ends an office call. // 8 is the script.",
            P.HELP_LANGUAGE: "9, English.",
            P.HELP_MORE: "{key} is for more offices.",
            P.HELP_CONTACT: "To reach the organizers: {contact}.",
            P.HELP_PATIENT: "We will wait longer for you from now on.",
            P.STAR: "Finished? To hang up, / press star again. // To keep going, / press pound.",
            P.ENDED: "This campaign has ended. Thank you for taking part. Goodbye.",
            P.PAUSED: "This line is paused for now. Please call again later. Goodbye.",
            P.BLOCKED: "Sorry, we cannot put this call through. Goodbye.",
            P.FAULT: "Sorry, our system has a problem.",
            P.FAULT_NUMBER: "You can reach the {office} office yourself at {number}.",
            P.FAULT_GO_ON: "To go on here, / press pound.",
            P.FALLBACK_DONE: "If you have just talked with an office, your call counts, and you can hang up.",
            P.FALLBACK_CONNECT: "To be put through to the {office} office, / press 1.",
            P.FALLBACK_CALLING: "Calling the {office} office. Say your name and city first.",
            P.FALLBACK_BYE: "Thank you for calling. Goodbye.",
            P.NO_CAMPAIGN: "This number does not belong to a campaign. Please check it and call again. Goodbye.",
        }
    ),
)
