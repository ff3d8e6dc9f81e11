"""The shell's own floor: the clock, the database and the log. It knows no area of the work."""
