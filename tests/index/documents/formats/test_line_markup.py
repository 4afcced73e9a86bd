"""Org and AsciiDoc are turned into Markdown."""

from __future__ import annotations

import datetime

import pytest

from index.documents.formats.asciidoc import read_asciidoc
from index.documents.formats.contents import UnreadableError
from index.documents.formats.org import read_org

ORG = """#+TITLE: The pool
#+DATE: <2024-05-31 Fri>
# a comment

* TODO Hours   :house:
:PROPERTIES:
:ID: 7
:END:
It is *open* from =7_=,
see [[https://pool.example][the page]] or [[file:a.org][rules]]; 2*3*4.

- one
  goes on
  - two
- Lane :: where one swims

1. Pay.
2) Swim.

| Who   | Price |
|-------+-------|
| Child |     2 |

#+begin_src sh
$ swim *now*
#+end_src

#+BEGIN_QUOTE
Water is wet.[fn:1]
#+END_QUOTE

[fn:1] Very.
"""

ADOC = """= The pool
Jo Doe <jo@pool.example>
v1.0, 2024-05-31
:price: 4 crowns

// a comment
[[hours]]
== Hours

It is *open* from `7_`, costs {price},
see https://pool.example[the page] or xref:a.adoc[rules] and <<hours,Hours>>.

* one
goes on
** two

. Pay.
. Swim.

Lane:: where one swims

NOTE: Bring a towel.

[WARNING]
====
It is *deep*.
====

.Prices
[cols="1,2",options="header"]
|===
|Who |Price

|Child
|2 \\| 3
|===

[source,sh]
----
$ swim *now*
----

[quote,Jo]
____
Water is wet.
____

include::other.adoc[]
"""


def test_org_keeps_its_structure() -> None:
    contents = read_org(ORG.encode())
    assert contents.text == (
        "# Hours\n\nIt is **open** from `7_`,\n"
        "see [the page](https://pool.example) or rules; 2\\*3\\*4.\n\n"
        "- one\n  goes on\n    - two\n- **Lane**: where one swims\n\n1. Pay.\n2. Swim.\n\n"
        "| Who | Price |\n| --- | --- |\n| Child | 2 |\n\n```sh\n$ swim *now*\n```\n\n"
        "> Water is wet.[^1]\n\n[^1]: Very.\n"
    )
    assert contents.metadata.values["title"] == "The pool"
    assert contents.metadata.values["published"] == datetime.date(2024, 5, 31)


def test_asciidoc_keeps_its_structure() -> None:
    contents = read_asciidoc(ADOC.encode())
    assert contents.text == (
        "# The pool\n\n## Hours\n\nIt is **open** from `7_`, costs 4 crowns,\n"
        "see [the page](https://pool.example) or rules and Hours.\n\n"
        "- one goes on\n    - two\n\n1. Pay.\n2. Swim.\n\n- **Lane**: where one swims\n\n"
        "**Note**: Bring a towel.\n\n**Warning**: It is **deep**.\n\n"
        "**Prices**\n\n| Who | Price |\n| --- | --- |\n| Child | 2 \\| 3 |\n\n"
        "```sh\n$ swim *now*\n```\n\n> Water is wet.\n"
    )
    assert contents.metadata.values["published"] == datetime.date(2024, 5, 31)


def test_blocks_without_an_end_lose_nothing() -> None:
    assert read_org(b"#+begin_src sh\nswim\n").text == "swim\n"
    assert read_asciidoc(b"----\nswim\n").text == "```\nswim\n```\n"


@pytest.mark.parametrize("read", [read_org, read_asciidoc])
def test_a_file_without_words_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(UnreadableError, match="it holds no text"):
        read(b"\n\n")


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (read_org, "#+begin_quote\n" * 20_000 + "x\n" + "#+end_quote\n" * 20_000),
        (read_asciidoc, "".join(f"{'=' * (4 + depth)}\n" for depth in range(500)) + "x\n"),
        (read_asciidoc, "http://a[" * 5_000),
        (read_asciidoc, "[[" * 20_000),
    ],
)
def test_marks_without_end_take_no_time(read: object, source: str) -> None:
    assert callable(read)
    assert read(source.encode() + b"words").text


def test_more_than_anybody_writes_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it has more than 5,000,000 characters; split it"):
        read_org(b"x" * 5_000_001)
