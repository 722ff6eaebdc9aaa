"""What can happen to a development case."""
