"""A hand on the mouse whose time is told to it: real pointer events with given moments.

How fast a drag was, or how long a press, must not depend on how busy the machine is.
"""

import time


class Hand:
    """The mouse of one page, in a time of its own.

    Args:
        visitor: Whose mouse.
    """

    def __init__(self, visitor):
        self._session = visitor.context.new_cdp_session(visitor.page)
        self._at_s = time.time()  # where it begins; from here on it is moved by hand
        self._x = self._y = 0.0
        self._held = 0

    def rest(self, ms):
        """Let time pass."""
        self._at_s += ms / 1000

    def move(self, x, y):
        self._x, self._y = x, y
        self._send("mouseMoved")

    def press(self):
        self._held = 1
        self._send("mousePressed", button="left", clickCount=1)

    def release(self):
        self._held = 0
        self._send("mouseReleased", button="left", clickCount=1)

    def click(self, x, y):
        """Press and let go, as long as a hand takes."""
        self.move(x, y)
        self.press()
        self.rest(60)
        self.release()

    def _send(self, kind, **more):
        told = {"type": kind, "x": self._x, "y": self._y, "buttons": self._held}
        told |= {"button": "left" if self._held else "none", "timestamp": self._at_s}
        self._session.send("Input.dispatchMouseEvent", told | more)
