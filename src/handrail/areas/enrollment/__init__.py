"""The course of each client: enrollment, attendance, make-ups, individual hours."""
