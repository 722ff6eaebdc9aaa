"""Counts the dashboards share: by tree path, in a fixed number of queries, whatever the size of the tree."""
