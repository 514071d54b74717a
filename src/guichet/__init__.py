"""Guichet: a funding program's own online portal, in English and in French. See docs/architecture.md."""

__version__ = "0.1.0"
