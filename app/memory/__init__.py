"""What is remembered of links: openings, showings, the days' picks; in SQLite, or for a run."""
