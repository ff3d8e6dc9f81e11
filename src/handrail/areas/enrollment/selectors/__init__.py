"""What can be read: the course of each client: enrollment, attendance, make-ups, individual hours."""
