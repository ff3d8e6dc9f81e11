"""Staff pages: sessions."""
