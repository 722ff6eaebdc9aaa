"""Pages; one file for each noun of the addresses."""
