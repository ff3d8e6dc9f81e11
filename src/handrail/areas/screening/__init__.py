"""Screening calls: answers, emergency steps and how the call ended."""
