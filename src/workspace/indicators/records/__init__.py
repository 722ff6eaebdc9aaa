"""The rows behind each figure. A source gets the reach and the reader, and returns a Listing."""

from workspace.indicators.records.listing import Listing, Source

__all__ = ["Listing", "Source"]
