"""What can be read in the slice of screening."""
