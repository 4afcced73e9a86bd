"""A Discord of our own: see README.md beside this file for what it does and does not do."""
