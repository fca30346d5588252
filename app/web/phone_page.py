"""The page of the phone in the browser, which speaks to its JSON API."""

import json

from flask import Blueprint, Response, make_response, render_template, request

from app.services.call_words import MENU_WORDS
from app.services.preview import OFFICE_ENDS, read_walk, step_words
from app.web.headers import MEDIA

phone_page = Blueprint("phone_page", __name__)

_LONGEST = 5000


@phone_page.get("/phone/")
def page() -> Response:
    """Show the phone, with the steps of a call that is to be made again."""
    steps = _steps(request.args.get("keys", ""), request.args.get("steps", ""))
    replay = json.dumps({"steps": steps, "words": dict(MENU_WORDS)})
    response = make_response(render_template("phone.html", steps=steps, replay=replay))
    response.headers.update(MEDIA)
    return response


def _steps(keys: str, led_to: str) -> list[dict[str, str]]:
    """The steps, each with what an office does in it, and the step of the flow to which it led, if that is known."""
    walk = read_walk(keys)
    names = led_to[:_LONGEST].split(".")
    if len(names) != len(walk):
        names = [""] * len(walk)
    return [
        {
            "step": step,
            "words": step_words(step),
            "end": OFFICE_ENDS[step].value if step in OFFICE_ENDS else "",
            "led_to": name if name in MENU_WORDS else "",
        }
        for step, name in zip(walk, names, strict=True)
    ]
