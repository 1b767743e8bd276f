"""Text of the user as a message shows it: short, and without characters that change how a terminal reads it."""


def shown(value: object, length: int = 60) -> str:
    r"""The value on one line; what does not print is written as an escape.

    >>> shown("a\nb")
    'a\\nb'
    """
    text = str(value)
    short = text if len(text) <= length else text[: length - 3] + "..."
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in short)
