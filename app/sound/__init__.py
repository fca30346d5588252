"""Sound files: what they are by their content, and how they become recordings for the telephone."""

from app.sound.formats import KINDS, kind_of
from app.sound.telephone import MAX_UPLOAD_BYTES, Heard, NotAudio, for_telephone

__all__ = ["KINDS", "MAX_UPLOAD_BYTES", "Heard", "NotAudio", "for_telephone", "kind_of"]
