"""The pages of screening slots: times offered, who booked them, and what the public sees."""
