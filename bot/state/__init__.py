"""Everything that is kept in the database, behind methods.

May import `page`; the only room that imports SQLAlchemy and Alembic.
"""
