"""Every error this project raises on purpose.

    ClippingError          a sentence for a person: what is wrong, and the way out
    ├── SettingsError      .env or the environment: every problem in one message
    ├── ArticlesError      the articles' folder is missing, empty or unreadable
    ├── LibraryError       the library on disk is missing, damaged or of another format
    ├── ModelError         a model is missing, of the wrong kind, or not the one expected
    ├── QuestionError      a question or a file of questions that cannot be read
    └── PlatformError      a chat platform refused us: a wrong token, a missing scope

A caller's mistake inside the code is a `ValueError`, as everywhere in Python.
"""


class ClippingError(Exception):
    """A problem the person at the keyboard can mend; its text is one sentence for them."""


class SettingsError(ClippingError):
    """Settings that cannot be used."""


class ArticlesError(ClippingError):
    """No articles can be read."""


class LibraryError(ClippingError):
    """The library on disk cannot be opened."""


class ModelError(ClippingError):
    """A model cannot be loaded, or is not the one it should be."""


class QuestionError(ClippingError):
    """A question, or a file of them, that cannot be read."""


class PlatformError(ClippingError):
    """A chat platform refused the connection."""
