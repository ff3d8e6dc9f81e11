"""What can be done in the slice of sessions."""
