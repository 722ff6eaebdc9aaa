"""What may be read of dues; every record reaches a view through one of these."""
