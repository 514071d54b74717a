"""Measurements. Each prints figures of one run, never a verdict; docs/performance.md says how to read them."""
