"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\n| \S+")
# The more often words come again in both texts, the longer comparing takes: a page of prose is far below this.
_MOST_PAIRS = 30_000


class Kind(StrEnum):
    """Whether words stayed, went, or came."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together, and what became of them; each has a space before it, the first of a line too."""

    kind: Kind
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in the order of reading: those that stayed and went make the one text, stayed and came the other.

    Ends of lines count as words; other white space is one space. In a text that repeats itself
    too much to be compared, all counts as changed between what both texts begin and end with.
    """
    old, new = _words(before), _words(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    last = len(old) - end
    pieces = (_piece(Kind.SAME, old[:start]), *_compared(old[start:last], new[start : len(new) - end]))
    return tuple(piece for piece in (*pieces, _piece(Kind.SAME, old[last:])) if piece.text)


def _words(text: str) -> list[str]:
    return _WORD.findall("\n".join(" " + " ".join(line.split()) for line in text.splitlines()))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    again = Counter(new)
    if sum(again[word] for word in old) > _MOST_PAIRS:
        yield from _replaced(old, new)
        return
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield _piece(Kind.SAME, old[i:i_end])
        else:
            yield from _replaced(old[i:i_end], new[j:j_end])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    yield _piece(Kind.DELETED, old)
    yield _piece(Kind.INSERTED, new)


def _piece(kind: Kind, words: Sequence[str]) -> Piece:
    return Piece(kind, "".join(words))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    shorter = min(len(old), len(new))
    return next((at for at in range(shorter) if old[at] != new[at]), shorter)
