"""What can happen to an account, one file a noun."""
