"""The campaign editor: its sections, new campaigns, review and publishing, and versions."""
