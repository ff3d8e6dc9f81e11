"""What can be read of the placement area, one file for each part of the work."""
