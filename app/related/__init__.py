"""Footnotes: which links have something in common, and what."""
