"""What can be done in the programs area, one file for each part of the work."""
