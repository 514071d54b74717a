"""French (Canada)."""
