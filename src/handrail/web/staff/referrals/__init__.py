"""Referrals: someone sent to other care, what was heard, and the day they come back."""
