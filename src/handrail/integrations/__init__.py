"""Adapters to the world outside: mail."""
