"""The queue's engine room: what it keeps in the database, who is next in line, and the worker's loop."""
