"""The tables of jobs: the library's, and what we add to them.

`library` makes the tables, in the place of the library's own series of migrations. `migrations`
says what may stand in them and what the app may do to them.
"""
