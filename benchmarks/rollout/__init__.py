"""The roll-out: thousands of workspaces of the mean shape on one server, and what everything costs then."""
