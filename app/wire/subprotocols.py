"""The dialects of the drift socket, as a handshake names them."""

BINARY = "link-drift.v1"  # frames in binary, for the page
JSON = "link-drift.json.v1"  # frames in JSON text, for scripts; also when none is named
