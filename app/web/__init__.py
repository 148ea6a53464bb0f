"""HTTP and WebSocket routes: the only place that knows FastAPI."""
