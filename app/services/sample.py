"""The campaign to try that comes with Patchline."""

from importlib.resources import files

from app.domain.documents import Document
from app.services.campaign_files import parse_campaign_file

_FILE = "data/honduras-2017.yaml"


def sample_document() -> Document:
    """The sample campaign."""
    return parse_campaign_file(files("app").joinpath(_FILE).read_text(encoding="utf-8"), _FILE)
