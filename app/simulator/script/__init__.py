"""Scripted calls: a plain-text file of what a supporter does and hears."""

from app.simulator.script.commands import Script
from app.simulator.script.parse import ScriptError, parse_script
from app.simulator.script.run import Player, ScriptFailed, Stage, run_script
from app.simulator.script.write import write_script

__all__ = ["Player", "Script", "ScriptError", "ScriptFailed", "Stage", "parse_script", "run_script", "write_script"]
