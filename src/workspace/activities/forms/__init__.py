"""Text into values; nothing here saves."""
