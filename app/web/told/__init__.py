"""What the API says of itself, and how it says no."""
