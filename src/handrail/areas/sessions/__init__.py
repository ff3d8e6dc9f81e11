"""Running a session: the board, its attendance, closing."""
