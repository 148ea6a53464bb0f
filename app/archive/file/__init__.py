"""The owner's file: read, judged, edited line by line, saved, followed."""
