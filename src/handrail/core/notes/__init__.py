"""Notes: what is written about an evening, checked before signing, and signed for good."""
