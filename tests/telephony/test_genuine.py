"""The signature check: Twilio's own vector, several tokens, and nothing else."""

import pytest
from twilio.request_validator import RequestValidator

from app.telephony.genuine import is_genuine
from app.telephony.signatures import sign
from app.telephony.twiml import CONNECTION_SETTINGS

# Twilio: webhooks security, the example of the page.
URL = "https://example.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": ["CA1234567890ABCDE"],
    "Caller": ["+14158675310"],
    "Digits": ["1234"],
    "From": ["+14158675310"],
    "To": ["+18005551212"],
}
SIGNATURE = "L/OH5YylLD5NRKLltdqwSvS0BnU="


def test_the_vector_of_the_documentation_is_genuine() -> None:
    assert is_genuine(URL, FORM, SIGNATURE, ["12345"])
    assert sign(URL, {name: values[0] for name, values in FORM.items()}, "12345") == SIGNATURE


def test_any_of_several_tokens_may_have_signed() -> None:
    assert is_genuine(URL, FORM, SIGNATURE, ["new", "12345"])
    assert not is_genuine(URL, FORM, SIGNATURE, ["new", "other"])
    assert not is_genuine(URL, FORM, SIGNATURE, [])


@pytest.mark.parametrize("signature", ["", "x", "é", SIGNATURE[:-1], SIGNATURE.lower()])
def test_another_signature_is_not(signature: str) -> None:
    assert not is_genuine(URL, FORM, signature, ["12345"])


def test_a_changed_url_or_form_is_not() -> None:
    assert not is_genuine(URL + "&x=1", FORM, SIGNATURE, ["12345"])
    assert not is_genuine(URL, {**FORM, "Digits": ["1235"]}, SIGNATURE, ["12345"])
    assert not is_genuine(URL, {**FORM, "Extra": [""]}, SIGNATURE, ["12345"])


def test_repeated_values_are_signed_as_twilio_does_it() -> None:
    repeated = {"Digits": ["2", "1", "1"]}

    class Fields(dict[str, list[str]]):
        def getlist(self, name: str) -> list[str]:
            return self[name]

    theirs = RequestValidator("t").compute_signature(URL, Fields(repeated))
    assert sign(URL, [("Digits", value) for value in repeated["Digits"]], "t") == theirs
    assert is_genuine(URL, repeated, theirs, ["t"])


def test_connection_settings_may_be_signed_along_or_left_out() -> None:
    params = {name: values[0] for name, values in FORM.items()}
    assert is_genuine(URL, FORM, sign(URL + CONNECTION_SETTINGS, params, "12345"), ["12345"])
    assert not is_genuine(URL, FORM, sign(URL + "#rc=9", params, "12345"), ["12345"])


def test_a_port_that_twilio_signs_along_or_leaves_out_makes_no_difference() -> None:
    params = {name: values[0] for name, values in FORM.items()}
    with_port = URL.replace("example.com", "example.com:443")
    assert is_genuine(URL, FORM, sign(with_port, params, "12345"), ["12345"])
    assert is_genuine(with_port, FORM, SIGNATURE, ["12345"])
