"""Programs elsewhere that a person can be referred to."""
