"""Writing the archive in other formats: one module per format."""
