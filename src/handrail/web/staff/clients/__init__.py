"""Clients: finding one, and the chart."""
