"""Of a web page saved as one file, the page is read."""

from __future__ import annotations

import pytest

from index.documents.formats import mhtml
from index.documents.formats.contents import UnreadableError
from index.documents.formats.mhtml import read_mhtml

SAVED = b"""From: <Saved by a browser>
Snapshot-Content-Location: https://example.org/chairs
Subject: Chairs
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--x--"

----x--
Content-Type: text/css
Content-Location: https://example.org/style.css

p { color: red }
----x--
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/chairs

<title>Chairs</title><p>A caf=E9 has chairs and <a href=3D"t">tables</a=
>.</p>
----x----
"""


def test_the_first_page_is_read_with_its_address_and_encoding() -> None:
    contents = read_mhtml(SAVED)
    assert contents.text == "A café has chairs and [tables](https://example.org/t).\n"
    assert contents.metadata.values["url"] == "https://example.org/chairs"
    assert contents.metadata.values["title"] == "Chairs"


@pytest.mark.parametrize(
    "data", [b"", b"Just words", b"Content-Type: text/plain\n\nwords", b"\xff\0" * 100]
)
def test_a_file_without_a_page_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="it holds no web page; save the page as HTML"):
        read_mhtml(data)


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mhtml, "MAX_PARTS", 1)
    with pytest.raises(UnreadableError, match="it has more than 1 parts"):
        read_mhtml(SAVED)


def test_parts_in_parts_are_refused_in_little_time() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2_000)
    )
    with pytest.raises(UnreadableError):
        read_mhtml(nested)
