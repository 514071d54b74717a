"""Where faces that several types share differ from one answer to another (``Question.openings``)."""

# The answer as text.
_READ = {"answer": ("text",)}
# A box with what was typed.
BOX = {"input": ("value",), **_READ}
# A list to open, which is drawn by itself with its choice, or the box in its place. Buttons are part of the mold.
PICKED = {"input": ("list", "box"), **_READ}
# The same text in both faces.
SHOWN = {"input": ("text",), **_READ}
# Two boxes.
BETWEEN = {"input": ("start", "end"), **_READ}
# A box to check: checked or not, it is part of the mold.
CHECKED: dict[str, tuple[str, ...]] = {"input": (), **_READ}
