"""Uvicorn, with what it lacks."""
