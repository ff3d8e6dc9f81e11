"""Backup, restore, upgrade: the whole of an installation in one file, and back again.

`save` reads every table in one moment's view while the site goes on. `restore` builds the tables
anew and fills them, and `upgrade` brings them up to date; each is one transaction, so that a crash
at any point leaves what was there. Why not pg_dump: docs/decisions/0012-backup.md.
"""
