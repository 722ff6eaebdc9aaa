"""Reads that join or judge."""
