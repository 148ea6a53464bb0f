"""Choosing a link for somebody, and saying why."""
