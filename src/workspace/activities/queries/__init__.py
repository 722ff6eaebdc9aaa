"""What may be read of activities and obligations; every record reaches a view through one of these."""
