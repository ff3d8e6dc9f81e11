"""Staff pages: documents."""
