"""The demonstration's data, made through the real actions."""


def load(password: str) -> None:
    """To be filled as the rooms come in."""
