"""What /readyz tells beside the state of the record."""

from tests.support.console import Console


def test_a_proxy_that_nobody_told_us_of_is_noticed_and_changes_no_state(sqlite_console: Console) -> None:
    client = sqlite_console.app.test_client()
    assert client.get("/readyz").get_json()["notices"] == {}
    client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"})
    answer = client.get("/readyz")
    assert "TRUSTED_PROXIES is 0" in answer.get_json()["notices"]["proxies"]
    assert (answer.status_code, answer.get_json()["ready"], answer.get_json()["degraded"]) == (200, True, {})
