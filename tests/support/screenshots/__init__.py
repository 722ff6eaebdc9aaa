"""The README's, the guides' and the landing page's pictures, taken from a demo made for the purpose."""
