"""What can happen to activities and obligations."""
