"""Letters about a client that leave through the gate, as tagged PDFs."""
