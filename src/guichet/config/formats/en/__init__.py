"""English (Canada)."""
