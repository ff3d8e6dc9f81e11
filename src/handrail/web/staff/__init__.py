"""Pages for the people who work in a program."""
