"""Drawings on the server: marks, bars and lines as SVG."""
