"""Alembic's entry: runs the revisions on the connection that app.store.migrate has opened and locked."""

from alembic import context

from app.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # SQLite's is transactional too, as long as the driver does not commit by itself; ours does not.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
