"""What Handrail remembers: one Django app for each part of the work, lowest first."""
