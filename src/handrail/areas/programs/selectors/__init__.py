"""Reading the programs area, one file for each part of the work."""
