"""What can happen to an election, one file for each noun it writes."""
