"""Text into values for development cases."""
