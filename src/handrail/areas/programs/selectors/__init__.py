"""What can be read of the programs area, one file for each part of the work."""
