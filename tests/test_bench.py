"""The benchmark works, counts right, and calculates right; how fast anything is, no test says."""

import math
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.config import PROJECT_DIR
from scripts.benchmarks.drivers import Job, share, shares
from scripts.benchmarks.figures import figures, percentile, ratios
from scripts.benchmarks.load import Load, in_turn, side_by_side
from scripts.benchmarks.log_check import LogCheck
from scripts.benchmarks.options import GrowthOptions, read_options
from scripts.benchmarks.processes import cpu_s, largest_mb, parent
from scripts.benchmarks.supporters import Hotline
from scripts.benchmarks.yardsticks import constant_twiml

SCRIPT = PROJECT_DIR / "scripts" / "bench"
BENCH = (sys.executable, "-m", "scripts.benchmarks")
ROW = re.compile(r"^(\S.*?) {2,}([\d. ]+)$", re.MULTILINE)

EARLY = Load((0.2, 0.1), ("CA1",), ("late",), began_s=10, elapsed_s=4, cpu_s=1)
LATE = Load((0.3,), ("CA2", "CA3"), (), began_s=12, elapsed_s=6, cpu_s=2)


def test_a_tiny_run_drives_whole_calls_and_finds_each_of_them_in_the_log() -> None:
    tiny = ("calls", "--callers", "3", "--calls", "6", "--processes", "1", "--drivers", "1")
    done = subprocess.run([*BENCH, *tiny], cwd=PROJECT_DIR, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    # Eight calls warm it up.
    assert "The call log holds exactly the 14 calls that were driven" in done.stdout
    assert done.stderr.count("Patchline: 3 calls, 21 webhooks in") == 2
    rows = {name: [float(cell) for cell in cells.split()] for name, cells in ROW.findall(done.stdout)}
    assert list(rows)[:3] == ["Patchline", "Flask + one INSERT", "bare Flask"]
    for name in list(rows)[:3]:
        calls, webhooks, p50, p95, p99, longest, server, _, driver = rows[name]
        assert webhooks == pytest.approx(7 * calls, rel=0.2)
        assert 0 < p50 <= p95 <= p99 <= longest
        assert server > 0
        assert driver > 0


def test_the_cost_of_each_webhook_of_a_call_is_told() -> None:
    tiny = ("webhooks", "--calls", "2", "--database", "sqlite", "--profile")
    done = subprocess.run([*BENCH, *tiny], cwd=PROJECT_DIR, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.findall(r"^/voice/(\S+) \S+ +([\d.]+) +(\d+)$", done.stdout, re.MULTILINE)
    assert [path for path, *_ in told] == ["incoming", "turn", "leg", "leg", "turn", "turn", "status"]
    assert all(float(cpu_ms) > 0 and int(statements) > 0 for _, cpu_ms, statements in told)
    assert "take_turn" in done.stdout


def test_calls_are_driven_on_logs_of_growing_size_and_found_beside_those_that_were_there() -> None:
    tiny = ("growth", "--log", "100", "200", "--database", "sqlite", "--callers", "2", "--calls", "4")
    few = ("--processes", "1", "--drivers", "1")
    done = subprocess.run([*BENCH, *tiny, *few], cwd=PROJECT_DIR, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    # Sixteen calls warm each server up.
    assert done.stdout.count("The call log holds exactly the 20 calls that were driven") == 2
    assert done.stderr.count(" calls before: 1 calls, 7 webhooks in") == 8
    rows = {name: cells.split() for name, cells in ROW.findall(done.stdout)}
    assert list(rows) == ["100 calls before", "200 calls before", "200 ÷ 100"]
    ratio, longer, shorter = (float(rows[name][0]) for name in reversed(rows))
    assert ratio == pytest.approx(longer / shorter, rel=0.2)


def test_an_interrupt_leaves_no_process_behind() -> None:
    bench = subprocess.Popen([*BENCH, "calls", "--callers", "2"], cwd=PROJECT_DIR, stderr=subprocess.PIPE, text=True)
    assert bench.stderr is not None
    assert "starting the servers" in bench.stderr.readline()
    while not (servers := _servers_of(bench.pid)):
        time.sleep(0.02)
    bench.send_signal(signal.SIGINT)
    _, said = bench.communicate(timeout=180)
    assert (bench.returncode, said.splitlines()[-1:]) == (130, ["Interrupted: everything that was started is stopped."])
    assert not [pid for pid in servers if Path(f"/proc/{pid}").exists()]


def _servers_of(pid: int) -> list[int]:
    """The servers that a process has started."""
    found = (each for each in Path("/proc").iterdir() if each.name.isdecimal())
    return [int(each.name) for each in found if _is_server(each, pid)]


def _is_server(process: Path, of: int) -> bool:
    try:
        return parent(int(process.name)) == of and b"app.server" in (process / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_script_is_proper_shell() -> None:
    subprocess.run(["sh", "-n", SCRIPT], check=True)
    assert os.access(SCRIPT, os.X_OK)


@pytest.mark.parametrize("command", ["", "calls", "growth", "webhooks", "log"])
def test_help_is_given(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        read_options([*command.split(), "--help"])
    assert "calls" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [[], ["calls", "--callers", "501"], ["calls", "--calls", "0"], ["calls", "--calls", "5", "--seconds", "5"]],
)
def test_a_wrong_option_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        read_options(arguments)
    assert capsys.readouterr().err


def test_both_databases_can_be_asked_for_at_once() -> None:
    for command in ("calls", "growth", "webhooks", "log"):
        options = read_options([command, "--database", "both"])
        load = options.load if isinstance(options, GrowthOptions) else options
        assert load.databases == ("sqlite", "postgresql")


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (95, 95), (99, 99), (100, 100), (0, 1), (0.5, 1)])
def test_a_percentile_is_the_value_of_the_nearest_rank(percent: float, expected: float) -> None:
    assert percentile(range(1, 101), percent) == expected


def test_a_percentile_of_few_values_is_one_of_them() -> None:
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0
    assert percentile([1.0, 2.0, 3.0], 99) == 3.0
    assert math.isnan(percentile([], 50))


def test_drivers_at_the_same_time_count_from_the_first_beginning_to_the_last_end() -> None:
    both = side_by_side([LATE, EARLY])
    assert (both.began_s, both.elapsed_s, both.cpu_s) == (10, 8, 3)
    assert sorted(both.sids) == ["CA1", "CA2", "CA3"]
    assert both.failures == ("late",)


def test_rounds_count_without_the_pause_between_them() -> None:
    assert in_turn([EARLY, LATE]).elapsed_s == 10


def test_figures_and_ratios() -> None:
    ours = figures(in_turn([EARLY, LATE]), server_s=0.6, database_s=0.3)
    assert (ours.calls_per_s, ours.webhooks_per_s) == pytest.approx((0.3, 0.3))
    assert (ours.p50_ms, ours.max_ms) == pytest.approx((200, 300))
    assert (ours.server_ms, ours.database_ms, ours.driver_ms) == pytest.approx((200, 100, 1000))
    compared = ratios(ours, figures(in_turn([EARLY, LATE]), server_s=0.3, database_s=0))
    assert (compared.webhooks_per_s, compared.server_ms) == pytest.approx((1, 2))
    assert math.isnan(compared.database_ms)


def test_a_job_is_shared_out_whole() -> None:
    job = Job(Hotline("", "", "", 0), callers=5, calls=7, seconds=1, first=100)
    parts = shares(job, 3)
    assert [(part.callers, part.calls, part.first) for part in parts] == [(2, 3, 100), (2, 2, 103), (1, 2, 105)]
    assert len(shares(Job(job.hotline, callers=5, calls=1, seconds=1), 3)) == 1
    assert [share(5, 2, place) for place in (0, 1)] == [3, 2]


@pytest.mark.parametrize("wrong", [(9, 1, 0, 0), (9, 0, 1, 0), (9, 0, 0, 1)])
def test_a_log_that_differs_is_wrong(wrong: tuple[int, int, int, int]) -> None:
    assert LogCheck(9, 0, 0, 0).is_exact
    assert not LogCheck(*wrong).is_exact
    assert "WRONG" in str(LogCheck(*wrong))


def test_a_constant_answer_has_about_the_size_asked_for() -> None:
    assert 938 <= len(constant_twiml(938)) < 970


def test_processor_time_of_children_counts() -> None:
    before = cpu_s(os.getpid())
    subprocess.run([sys.executable, "-c", "import time\nwhile time.process_time() < 0.1: pass"], check=True)
    assert cpu_s(os.getpid()) - before >= 0.09
    assert largest_mb(os.getpid()) > 1
