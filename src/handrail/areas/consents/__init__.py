"""Consents, notices of privacy practices, restrictions, and what was disclosed under them."""
