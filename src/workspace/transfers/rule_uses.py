"""What this app does because of rules."""
