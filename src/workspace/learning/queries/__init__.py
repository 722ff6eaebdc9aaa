"""What may be read of study hours; every record reaches a view through one of these."""
