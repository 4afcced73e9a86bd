"""The extras of the installation: libraries that no answer needs, and how to get them."""

from __future__ import annotations

from importlib import import_module

from config.errors import MissingExtraError

# The modules that each extra of pyproject.toml brings.
LIBRARIES = {
    "evaluate": ("matplotlib",),
    "postgres": ("psycopg",),
    "train": ("safetensors", "scipy"),
}


def require_extra(extra: str, user: str) -> None:
    """Imports the libraries of an extra, so that work which needs them fails before it begins.

    Args:
        extra: The extra's name in pyproject.toml.
        user: What needs the extra; it begins the error's sentence.

    Raises:
        MissingExtraError: A library cannot be imported; the sentence names the extra.
    """
    try:
        for library in LIBRARIES[extra]:
            import_module(library)
    except ImportError as error:
        raise MissingExtraError(
            f"{user} needs the extra `{extra}`: run `make install` in a checkout, elsewhere"
            f' `pip install "clipping[{extra}]"`.'
        ) from error
