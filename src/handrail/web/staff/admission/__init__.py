"""Admitting someone: what is open, which track fits, the course laid out, the first days."""
