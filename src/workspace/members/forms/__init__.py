"""Text into values; never saves."""
