"""What is logged and said when a click, a command, a form or a shortcut fails."""

from __future__ import annotations

import logging
import secrets

log = logging.getLogger(__name__)


def log_failure(what: str, error: BaseException, reason: str = "") -> str:
    """Logs a failure with all its frames, but without its text, which may repeat a question.

    Args:
        what: What failed.
        error: Why.
        reason: The platform's code for it, where it has one.

    Returns:
        The id by which people can name the failure; it stands in the log.
    """
    failure_id = secrets.token_hex(6)
    kind = f"{type(error).__name__} {reason}".strip()
    frames = Exception().with_traceback(error.__traceback__)
    log.error("%s failed, id %s: %s", what, failure_id, kind, exc_info=frames)
    return failure_id
