"""Private checks: answers sealed for two hours."""
