"""Signing in, the second factor, and accepting an invitation: allauth's pages in our clothes."""
