"""Who gets in, and who may do what: one file a noun."""
