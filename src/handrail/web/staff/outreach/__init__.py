"""Staff pages: outreach."""
