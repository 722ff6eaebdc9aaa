"""The import wizard: file, columns, dry run, progress, result."""
