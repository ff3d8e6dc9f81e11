"""What can be read: referrals to other care, and the return that is expected."""
