"""What can be done in the placement area, one file for each part of the work."""
