"""The errors that end a command or a question with a sentence for a person.

    ClippingError          says what is wrong, and what to do about it
    ├── SettingsError      values in .env or the environment cannot be used
    ├── ArticlesError      the folder of articles is missing, empty or cannot be read
    ├── LibraryError       the library is missing, damaged, of another format, or cannot be written
    ├── ModelError         a model is missing, damaged, of the wrong kind, or not the expected one
    ├── QuestionError      a question, or a file of questions, cannot be read
    ├── MissingExtraError  the command needs an extra that is not installed
    └── PlatformError      a chat platform cannot be reached, or a token, key or scope is wrong
        └── RefusedError   a token is refused, and somebody has to renew it

Errors that are caught inside one package are not listed here: they stand beside the code that
raises them. A caller's mistake inside the code is a `ValueError`.
"""


class ClippingError(Exception):
    """A problem that the person at the keyboard can mend; its text is one sentence for them."""


class SettingsError(ClippingError):
    """Settings that cannot be used; the message names each variable, and never a value."""


class ArticlesError(ClippingError):
    """A folder from which no article can be read."""


class LibraryError(ClippingError):
    """A library that cannot be opened or written."""


class ModelError(ClippingError):
    """A model that cannot be loaded, or that is not the expected one."""


class QuestionError(ClippingError):
    """A question, or a file of questions, that cannot be read."""


class MissingExtraError(ClippingError):
    """A library of an extra that is not installed."""


class PlatformError(ClippingError):
    """A chat platform that cannot be reached, or that refuses the connection."""


class RefusedError(PlatformError):
    """A chat platform that refuses a token: to try again is no use before somebody renews it."""
