"""The record: the only part that knows SQLAlchemy."""
