"""The protocol and nothing else: typed messages, binary frames, a reference client."""
