"""Who and what gets in: limits, admission, shields, headers."""
