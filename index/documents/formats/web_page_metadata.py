"""What a web page states about itself: title, author, dates, address, description, tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from index.documents.formats.markdown_inline import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.documents.formats.web_page_parts import Element

# More linked data than any article has (schema.org states some 5 kB for one).
_MAX_LINKED_DATA_CHARS = 200_000
_MAX_LINKED_DATA_PARTS = 1_000
# How often a page may state one thing; more of it is left aside.
_MAX_VALUES = 20
_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "FAQPage", "HowTo")
# For each field, where a page may state it; the first place with a value counts. "ld:" is the
# page's linked data (JSON-LD), "meta:" a <meta> element, by its name, property or itemprop.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "title": ("meta:og:title", "ld:headline", "tag:title", "meta:twitter:title", "meta:dc.title"),
    "published": (
        "ld:datePublished",
        "meta:article:published_time",
        "meta:datepublished",
        "meta:dc.date.issued",
        "meta:dcterms.created",
        "meta:date",
        "meta:dc.date",
        "meta:pubdate",
        "tag:time",
    ),
    "updated": (
        "ld:dateModified",
        "meta:article:modified_time",
        "meta:og:updated_time",
        "meta:datemodified",
        "meta:last-modified",
    ),
    "author": ("ld:author", "meta:author", "meta:article:author", "meta:dc.creator"),
    "url": ("tag:canonical", "meta:og:url"),
    "description": ("meta:description", "meta:og:description", "ld:description"),
    "tags": ("meta:keywords", "meta:article:tag", "ld:keywords"),
}
_PUBLISHED = ("datepublished", "published", "pubdate", "entry-date", "dt-published")


def page_metadata(document: Element) -> dict[str, object]:
    """Returns the fields that a page states, by name."""
    stated = _stated(document)
    fields: dict[str, object] = {}
    for name, places in _PLACES.items():
        values = next((stated[place] for place in places if stated.get(place)), None)
        if values:
            fields[name] = ", ".join(dict.fromkeys(values)) if name in _LISTS else values[0]
    if not str(fields.get("url", "")).startswith(("http://", "https://")):
        fields.pop("url", None)
    if str(fields.get("author", "")).startswith(("http://", "https://")):
        fields.pop("author")  # the address of a profile is no name
    if "title" in fields:
        fields["title"] = _without_site(str(fields["title"]), stated.get("meta:og:site_name", []))
    return fields


_LISTS = frozenset({"author", "tags"})


def _without_site(title: str, sites: list[str]) -> str:
    """Returns a title without the name of the site behind it."""
    for site in sites:
        for sign in ("|", "-", "\N{EN DASH}", "\N{EM DASH}", "\N{MIDDLE DOT}", ":"):
            short = title.removesuffix(f" {sign} {site}")
            if short.strip() and short != title:
                return short.strip()
    return title


def _stated(document: Element) -> dict[str, list[str]]:
    """Returns everything that a page states about itself, by the place where it does."""
    stated: dict[str, list[str]] = {}
    for place, value in _statements(document):
        values = stated.setdefault(place, [])
        text = one_line(value).strip()
        if text and len(values) < _MAX_VALUES:
            values.append(text)
    return stated


def _statements(document: Element) -> Iterator[tuple[str, str]]:
    for meta in document.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        yield f"meta:{name.strip().lower()[:60]}", meta.get("content", "")
    for link in document.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield "tag:canonical", link.get("href", "")
    title = next(document.iter("title"), None)
    if title is not None:
        yield "tag:title", "".join(title.itertext())
    for time in document.iter("time"):
        if _says_when_published(time):
            yield "tag:time", time.get("datetime") or "".join(time.itertext())
    yield from _linked_data(document)


def _says_when_published(time: Element) -> bool:
    says = f"{time.get('itemprop', '')} {time.get('class', '')}".lower().split()
    return time.get("pubdate") is not None or any(name in says for name in _PUBLISHED)


def _linked_data(document: Element) -> Iterator[tuple[str, str]]:
    """Yields what the first article in a page's linked data says about itself."""
    for script in document.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > _MAX_LINKED_DATA_CHARS:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        article = _article_in(data)
        if article is not None:
            for name, value in article.items():
                yield from ((f"ld:{name}", text) for text in _texts(value))
            return


def _article_in(data: object) -> dict[str, object] | None:
    """Returns the first article in linked data: at its top, in a list, or in a graph."""
    waiting = [data]
    for _ in range(_MAX_LINKED_DATA_PARTS):
        if not waiting:
            return None
        part = waiting.pop(0)
        if isinstance(part, list):
            waiting.extend(part[:_MAX_LINKED_DATA_PARTS])
        elif isinstance(part, dict):
            if any(kind in _ARTICLES for kind in _texts(part.get("@type"))):
                return part
            waiting.extend(part[name] for name in ("@graph", "mainEntity") if name in part)
    return None


def _texts(value: object) -> list[str]:
    """Returns a value of linked data as texts: itself, its name, or those of its parts."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [name for name in (value.get("name"),) if isinstance(name, str)]
    if isinstance(value, list):
        parts = value[:_MAX_VALUES]
        return [text for part in parts if not isinstance(part, list) for text in _texts(part)]
    return []
