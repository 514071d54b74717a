"""In what pieces a file goes up; known to the chaos suite too, which runs without the framework."""

PIECE = 512 * 1024  # bytes; every piece but the last has so many, so that ``chain`` says the same on both sides
