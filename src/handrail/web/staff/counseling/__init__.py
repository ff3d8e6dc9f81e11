"""Staff pages: counseling."""
