"""What may be read of transfers and absences; every record reaches a view through one of these."""
