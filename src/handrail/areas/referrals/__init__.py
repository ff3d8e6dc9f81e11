"""Referrals to other care, and the return that is expected."""
