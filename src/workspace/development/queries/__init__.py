"""Reads over development cases."""
