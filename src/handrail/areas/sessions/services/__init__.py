"""What can be done: running a session: the board, its attendance, closing."""
