"""Link Drift: a personal link archive that floats."""
