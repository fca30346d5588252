"""What a person at the terminal is told."""

from contextlib import closing
from dataclasses import replace

from app import create_app
from app.config import Secret, Settings
from app.server.banner import banner
from app.services.demo_owner import demo_sign_in
from app.services.prepare import prepare


def test_a_demo_tells_its_sign_in_and_a_live_server_tells_none(settings: Settings) -> None:
    prepare(settings)
    email, password = demo_sign_in(settings)
    with closing(create_app(settings)) as app:
        told = banner(settings, app)
        assert f"{settings.public_url}/console/\n" in told
        assert f"{email}  {password}\n" in told
        live = replace(settings, account_sid="AC" + "a" * 32, auth_tokens=(Secret("x"),))
        assert password not in banner(live, app)
