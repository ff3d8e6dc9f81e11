"""Pages for everyone: no sign-in, and nothing stored unless the person asks."""
