"""What is served: one module a family of routes."""
