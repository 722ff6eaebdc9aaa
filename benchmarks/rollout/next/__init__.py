"""The product one release on."""
