"""What can happen to a transfer and to a time away."""
