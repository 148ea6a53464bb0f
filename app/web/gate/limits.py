"""How much anybody may send, hold or keep waiting: every number of the gate.

Three kinds of numbers stand where they are meaningful instead: how many sockets
there may be is the owner's to say (`app/settings.py`), how long a hand may hold a link
belongs to the drift (`app/drift/leases.py`), and how long a field may be to the
protocol (`app/wire/client_messages.py`).
"""

# A socket.
LARGEST_MESSAGE = 4096  # bytes a client may send at once
MESSAGES_PER_S, MESSAGES_BURST = 60.0, 120.0  # polls and moves together
MALFORMED_PER_S, MALFORMED_BURST = 0.1, 20.0  # forgiven
PING_EVERY_S, PONG_WITHIN_S = 10.0, 8.0
HIGH_WATER = 64 * 1024  # bytes not yet taken by the kernel: this reader is too slow

# An HTTP request.
HEADER_DEADLINE_S = 10.0
BODY_DEADLINE_S = 10.0
LARGEST_BODY = 32 * 1024  # bytes; the longest honest body is a lucky with 300 exclusions

# An address, over any number of requests.
CARRIES_PER_S, CARRIES_BURST = 1.0, 12.0  # links it may have carried forward
HANDS_PER_S, HANDS_BURST = 60.0, 120.0  # drags and flings, as over a socket
MOST_ADDRESSES = 10_000  # remembered; the one not heard of for longest is forgotten first
