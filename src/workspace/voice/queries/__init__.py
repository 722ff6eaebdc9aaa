"""What may be read of questions and ideas; every record reaches a view through one of these."""
