"""Text into values. Nothing here saves."""
