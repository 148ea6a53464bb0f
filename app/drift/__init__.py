"""The room: one world, its simulation thread, and the wire to its viewers."""
