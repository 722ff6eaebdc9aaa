"""What the dashboards take from other modules. Each function returns figures, or a `Missing` that says who fills it."""
