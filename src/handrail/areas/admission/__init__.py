"""Admission: what must be ready, the first session, the first contacts."""
