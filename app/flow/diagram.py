"""The picture of the flow, drawn from its table in Mermaid's words."""

from collections.abc import Mapping, Sequence

from app.flow.engine import Flow, Move, Step

Rows = Mapping[str, Move]
Group = tuple[str, Rows]
"""A name for steps that have most of these rows in common; the rows are drawn once, from that name."""

_WORDS = {"#": "pound", "*": "star", "1234567": "1 to 7", "123": "1 to 3", "1234567890#": "any key"}


def diagram(flow: Flow, groups: Sequence[Group], start: str) -> str:
    """The flow as a Mermaid state diagram; each group lies within the one before it."""
    members = {name: [group for group in groups if _belongs(step, group[1])] for name, step in flow.items()}
    lines = ["stateDiagram-v2", f"    [*] --> {start}", *_boxes(groups, members, "    ")]
    for name, rows in groups:
        lines += _edges(name, rows)
    for name, step in flow.items():
        drawn = [rows for _, rows in members[name]]
        lines += _edges(name, _own(step, drawn))
        if step.choose:
            lines += [f"    {name} --> {target}" for target in step.choose.targets if target != name]
        if step.ends:
            lines.append(f"    {name} --> [*]: {step.ends}")
    return "\n".join(lines) + "\n"


def _belongs(step: Step, rows: Rows) -> bool:
    on = step.on or {}
    return 2 * sum(on.get(trigger) == move for trigger, move in rows.items()) > len(rows)


def _own(step: Step, drawn: Sequence[Rows]) -> Rows:
    on = step.on or {}
    return {trigger: move for trigger, move in on.items() if all(rows.get(trigger) != move for rows in drawn)}


def _boxes(groups: Sequence[Group], members: Mapping[str, Sequence[Group]], indent: str) -> list[str]:
    if not groups:
        return []
    (group, *inner) = groups
    names = [name for name, of in members.items() if of and of[-1] == group]
    inside = [f"{indent}    {name}" for name in names] + _boxes(inner, members, indent + "    ")
    return [f"{indent}state {group[0]} {{", *inside, f"{indent}}}"]


def _edges(name: str, on: Rows) -> list[str]:
    by_target: dict[str, list[str]] = {}
    for trigger, move in on.items():
        for target in move.targets:
            if target != name:
                by_target.setdefault(target, []).append(_WORDS.get(trigger, trigger.replace("_", " ")))
    return [f"    {name} --> {target}: {', '.join(triggers)}" for target, triggers in by_target.items()]
