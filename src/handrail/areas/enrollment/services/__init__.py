"""What can be done: the course of each client: enrollment, attendance, make-ups, individual hours."""
