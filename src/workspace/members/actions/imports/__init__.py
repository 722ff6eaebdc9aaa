"""From a file to the register, and back."""
