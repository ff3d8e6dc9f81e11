"""What can be read: running a session: the board, its attendance, closing."""
