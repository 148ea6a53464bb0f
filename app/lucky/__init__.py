"""Choosing a link for somebody, saying why, and remembering what was followed."""
