"""Whole journeys, in real browsers, against the real product."""
