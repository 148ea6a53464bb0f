"""The world: link bodies, the current that carries them, and the hands that move them."""
