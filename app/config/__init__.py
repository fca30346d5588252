"""What this server was told: read once from the environment and `.env`, typed and frozen."""

from app.config.secret import Secret
from app.config.settings import PROJECT_DIR, Settings
from app.config.values import SettingsError
from app.config.variables import VARIABLES

__all__ = ["PROJECT_DIR", "VARIABLES", "Secret", "Settings", "SettingsError"]
