"""What can happen to an appraisal, one file for each noun it writes."""
