"""Inquiries: the pipeline, taking one while the phone rings, and everything about one."""
