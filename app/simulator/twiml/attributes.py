"""The one table of attributes: per verb, how each is read and Twilio's error code for a bad value.

Source: Twilio's TwiML reference of each verb, and its error and warning dictionary.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.simulator.twiml.fault import SCHEMA
from app.simulator.twiml.values import (
    Reader,
    absolute_url,
    choice,
    flag,
    hints,
    language,
    pattern,
    phone_number,
    speech_timeout,
    whole,
    words,
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """How a value is read, and the error code for one that cannot be."""

    read: Reader
    code: int = SCHEMA


_METHOD = choice("GET", "POST")
_VOICE = pattern(
    r"man|woman|alice|Polly\.[A-Z][a-z]+(-Neural|-Generative)?|Google\.[a-z]{2,3}-[A-Za-z0-9-]+",
    "must be man, woman, alice, Polly.Name or Google.name",
)
_SPEECH_MODEL = pattern(
    r"default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
    r"|(googlev2|deepgram)_[a-z0-9-]+",
    "must be a speech model that Twilio offers",
)

ATTRIBUTES: Mapping[str, Mapping[str, Attribute]] = {
    "Say": {
        "voice": Attribute(_VOICE, 13511),
        "language": Attribute(language, 13512),
        "loop": Attribute(whole(0, 1000), 13510),
    },
    "Play": {
        "loop": Attribute(whole(0, 1000), 13410),
        "digits": Attribute(pattern(r"[0-9A-D#*wW]+", "must be keys and w or W"), 13430),
    },
    "Pause": {"length": Attribute(whole(1), 13910)},
    "Gather": {
        "action": Attribute(absolute_url),
        "method": Attribute(_METHOD, 13312),
        "input": Attribute(words("dtmf", "speech"), 13326),
        "timeout": Attribute(whole(1), 13313),
        "numDigits": Attribute(whole(1), 13314),
        "finishOnKey": Attribute(pattern(r"[0-9#*]?", "must be one key, or empty for none"), 13310),
        "actionOnEmptyResult": Attribute(flag, 13338),
        "speechTimeout": Attribute(speech_timeout, 13327),
        "hints": Attribute(hints, 13330),
        "language": Attribute(language, 13331),
        "profanityFilter": Attribute(flag, 13333),
        "speechModel": Attribute(_SPEECH_MODEL, 13334),
        "enhanced": Attribute(flag),
    },
    "Dial": {
        "action": Attribute(absolute_url),
        "method": Attribute(_METHOD, 13210),
        "timeout": Attribute(whole(5, 600), 13212),
        "timeLimit": Attribute(whole(1, 14400), 13216),
        "callerId": Attribute(phone_number, 13214),
        "answerOnBridge": Attribute(flag, 13219),
        "hangupOnStar": Attribute(flag, 13213),
        "ringTone": Attribute(pattern(r"[a-z]{2}(-old)?", "must be a country's code"), 13220),
        # Patchline never records, so the other values are not simulated.
        "record": Attribute(choice("do-not-record"), 13217),
    },
    "Number": {
        "sendDigits": Attribute(pattern(r"[0-9A-D#*wW]{1,32}", "must be keys and w or W"), 13222),
        "statusCallback": Attribute(absolute_url),
        "statusCallbackEvent": Attribute(words("initiated", "ringing", "answered", "completed")),
        "statusCallbackMethod": Attribute(_METHOD, 13221),
    },
    "Redirect": {"method": Attribute(_METHOD, 13710)},
    "Hangup": {},
    "Reject": {"reason": Attribute(choice("rejected", "busy"))},
}

# Twilio has these; nothing in Patchline uses them, so a document that has one is more likely wrong.
NOT_SIMULATED: Mapping[str, frozenset[str]] = {
    "Gather": frozenset(
        ["bargeIn", "debug", "dtmfDetection", "maxSpeechTime", "partialResultCallback", "partialResultCallbackMethod"]
    ),
    "Dial": frozenset(
        [
            "callReason",
            "recordingConfigurationId",
            "recordingStatusCallback",
            "recordingStatusCallbackEvent",
            "recordingStatusCallbackMethod",
            "recordingTrack",
            "referMethod",
            "referUrl",
            "sequential",
            "trim",
        ]
    ),
    "Number": frozenset(
        [
            "amdStatusCallback",
            "amdStatusCallbackMethod",
            "byoc",
            "machineDetection",
            "machineDetectionTimeout",
            "method",
            "url",
        ]
    ),
}
VERBS_NOT_SIMULATED = frozenset(
    [
        "Application",
        "Client",
        "Conference",
        "Connect",
        "Enqueue",
        "Leave",
        "Message",
        "Pay",
        "Prompt",
        "Queue",
        "Record",
        "Refer",
        "Sip",
        "Siprec",
        "Sms",
        "Start",
        "Stop",
        "Stream",
    ]
)
