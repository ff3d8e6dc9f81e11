"""The made-up programs that `./run demo` shows: synthetic people, the same for the same seed."""
