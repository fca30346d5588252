"""What Prometheus reads: counts of what happened, and nothing personal (A32)."""

import json
import re

import requests
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from app.config import PROJECT_DIR
from app.services.metrics import count_carrier_error, metrics_text
from tests.support.hotline import Hotline

SUPPORTER = "+16085550123"


def read(hotline: Hotline) -> dict[str, float]:
    text = requests.get(f"{hotline.stage.url}/metrics", timeout=10).text
    assert "608555" not in text
    return values(text)


def values(text: str) -> dict[str, float]:
    """Each sample by its name and labels."""
    return {
        f"{sample.name}{''.join(sorted(sample.labels.values()))}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_calls_are_counted_by_what_became_of_them(hotline: Hotline) -> None:
    before = read(hotline)
    hotline.office("Madison").is_busy()
    caller = hotline.calls(SUPPORTER).presses("4").hears("Madison is busy").presses("#").talks(5)
    assert read(hotline)["patchline_office_calls_live"] == 1
    caller.hangs_up()
    after = read(hotline)

    def more(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert more("patchline_office_calls_ended_totalbusy") == 1
    assert more("patchline_calls_ended_totalcompleted") == 1
    assert more("patchline_turns_totalconnect") == 2
    assert more("patchline_webhook_seconds_countincoming") == 1
    assert after["patchline_database_up"] == 1
    assert after["patchline_journal_records"] == after["patchline_record_behind_seconds"] == 0


def test_no_label_is_made_of_what_a_stranger_wrote() -> None:
    count_carrier_error("+16085550123")
    count_carrier_error("11200")
    told = values(metrics_text(list).decode())
    assert "patchline_carrier_errors_totalother" in told
    assert "patchline_carrier_errors_total11200" in told


def test_alerts_and_dashboard_ask_for_metrics_that_there_are(hotline: Hotline) -> None:
    hotline.calls().presses("4").waits().hangs_up()
    count_carrier_error("11200")
    rules = YAML(typ="safe").load((PROJECT_DIR / "deploy" / "alerts.yaml").read_text())
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    dashboard = json.loads((PROJECT_DIR / "deploy" / "grafana-dashboard.json").read_text())
    asked += [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    text = requests.get(f"{hotline.stage.url}/metrics", timeout=10).text
    # Counters that nobody has counted yet are declared and have no sample.
    there = {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}
    there |= set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    # Only a server that is reached by https has this one: tests/services/test_certificate.py reads it.
    there.add("patchline_certificate_days_left")
    assert set(re.findall(r"patchline_\w+", " ".join(asked))) <= there
