"""The last check before anything is sent: what is shown as a quote is the article's own text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord.markdown import Run, read, write

if TYPE_CHECKING:
    from bot.discord.embeds import Embed, Payload
    from bot.page.layout import Clip


class NotVerbatimError(RuntimeError):
    """A payload would show something as a quote that its article does not say: a bug of ours."""


def checked(payload: Payload) -> Payload:
    """The payload itself, once every quote in it has been read again in its article.

    Raises:
        NotVerbatimError: What is shown differs from `article.text[start:end]`, what is bold is not
            the answer, or something is left that Discord would parse. Nothing must be sent then.
    """
    if len(payload.embeds) != len(payload.quoted):
        raise NotVerbatimError(f"{len(payload.embeds)} quotes shown, {len(payload.quoted)} meant")
    for embed, clip in zip(payload.embeds, payload.quoted, strict=True):
        _compare(embed, clip)
    if not payload.fits:
        raise NotVerbatimError("the message is longer than Discord takes")
    return payload


def _compare(embed: Embed, clip: Clip) -> None:
    """Hold one embed against its article."""
    quote, markup = clip.quote, str(embed["description"])
    runs = read(markup)
    if write(runs) != markup:
        raise NotVerbatimError(f"a quote of {quote.article.slug} holds more than letters")
    if "".join(run.text for run in runs) != quote.article.text[quote.start : quote.end]:
        raise NotVerbatimError(f"[{quote.start}, {quote.end}) of {quote.article.slug} differs")
    if tuple(run for run in runs if run.bold) != _meant(clip):
        raise NotVerbatimError(f"bold in [{quote.start}, {quote.end}) of {quote.article.slug}")
    if set(embed) - {"title", "url", "description", "footer"}:
        raise NotVerbatimError(f"an embed of {quote.article.slug} shows more than a clipping")


def _meant(clip: Clip) -> tuple[Run, ...]:
    bold = clip.bold
    return () if bold is None else (Run(bold.article.text[bold.start : bold.end], bold=True),)
