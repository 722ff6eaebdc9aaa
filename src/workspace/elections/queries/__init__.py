"""What may be read of elections and terms; every record reaches a view through one of these."""
