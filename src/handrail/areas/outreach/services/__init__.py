"""What can be done: outreach to whoever was missing."""
