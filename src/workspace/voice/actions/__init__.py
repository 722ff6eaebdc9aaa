"""What can happen to a question or an idea."""
