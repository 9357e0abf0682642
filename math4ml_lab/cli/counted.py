"""How commands say a number of things."""


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, `1 row` or `2 rows`."""
    return f"{count} {noun}{'s' * (count != 1)}"
