"""Tests about the code itself: what the house promises, held."""
