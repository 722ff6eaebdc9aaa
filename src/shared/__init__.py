"""Words every package may use. Imports nothing of ours."""
