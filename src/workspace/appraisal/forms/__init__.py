"""Text into values; never save."""
