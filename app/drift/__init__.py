"""The room: one world, its viewers and hands, and the host that steps it."""
