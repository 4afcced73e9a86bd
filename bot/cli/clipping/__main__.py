"""`clipping` and `python -m clipping`: the command line."""

from __future__ import annotations

from bot.__main__ import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
