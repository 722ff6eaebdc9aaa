"""Pages of the tree and of one unit."""
