"""Steps from one version of the state database to the next, run by Alembic."""
