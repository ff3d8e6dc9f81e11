"""What we add to the tables of jobs: what may stand in them, and what the app may do to them.

The tables themselves are made by the job library's own migrations.
"""
