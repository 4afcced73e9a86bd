"""reStructuredText is turned into Markdown, with what Sphinx adds to it."""

from __future__ import annotations

import datetime

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.restructured_text import read_rst


def text_of(source: str) -> str:
    return read_rst(source.encode()).text


def test_headings_lists_and_code_keep_their_place() -> None:
    source = """
The pool
========

Hours
-----

It is *open* from ``7``::

    $ swim now

1. Pay.

   - cash
   - card

2. Swim.
"""
    assert text_of(source) == (
        "# The pool\n\n## Hours\n\nIt is open from `7`:\n\n```\n$ swim now\n```\n\n"
        "1. Pay.\n\n   - cash\n   - card\n\n2. Swim.\n"
    )


def test_roles_that_only_sphinx_knows_are_text() -> None:
    source = """
.. _hours-label:

Opening hours
=============

See :ref:`hours-label`, :ref:`the prices <prices>`, :doc:`/house/pool-rules`, :pep:`8`,
:func:`~pool.swim`, :file:`/etc/{name}`, :guilabel:`Save`, :no-such-role:`words`, :kbd:`x`
and `the page <https://pool.example>`_ or `nowhere`_ - not: \\*this\\*.
"""
    assert text_of(source) == (
        "# Opening hours\n\n"
        "See Opening hours, the prices, pool rules, [PEP 8](https://peps.python.org/pep-0008),\n"
        "`swim`, `/etc/name`, Save, words, x\n"
        "and [the page](https://pool.example) or nowhere - not: \\*this\\*.\n"
    )


def test_directives_that_only_sphinx_knows_keep_their_text() -> None:
    source = """
.. toctree::
   :maxdepth: 2

   a
   b

.. note:: Bring a towel.

.. seealso::

   The prices.

.. versionadded:: 3.8
   The slide.

.. tab:: Summer

   Open at six.

.. option:: --cold

   No heating.

.. no-such-directive::
   :width: 3

   Its words.

.. code-block:: python
   :emphasize-lines: 1

   swim()

.. index:: pool
"""
    assert text_of(source) == (
        "**Note**: Bring a towel.\n\n**See also**: The prices.\n\n"
        "**Added in version** 3.8 The slide.\n\n**Summer**\n\nOpen at six.\n\n"
        "- **`--cold`**: No heating.\n\nIts words.\n\n```python\nswim()\n```\n"
    )


def test_tables_definitions_quotations_and_footnotes() -> None:
    source = """
.. list-table:: Prices
   :header-rows: 1

   * - Who
     - Price
   * - Child
     - 2 | 3

===== =====
Day   Hour
===== =====
Mon   7
===== =====

Lane
    Where one swims.

As she said:

    Water is wet.

Wet [#a]_.

.. [#a] Very.
"""
    assert text_of(source) == (
        "Prices\n\n| Who | Price |\n| --- | --- |\n| Child | 2 \\| 3 |\n\n"
        "| Day | Hour |\n| --- | --- |\n| Mon | 7 |\n\n"
        "- **Lane**: Where one swims.\n\nAs she said:\n\n> Water is wet.\n\n"
        "Wet [^1].\n\n[^1]: Very.\n"
    )


def test_nothing_is_included_and_no_error_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    source = """
Words.

.. include:: /etc/passwd

.. raw:: html

   <b>raw</b>

.. csv-table::
   :file: /etc/passwd

Bad *markup and a `reference`_.
"""
    assert text_of(source) == "Words.\n\nBad \\*markup and a reference.\n"
    assert capfd.readouterr() == ("", "")


def test_the_fields_at_the_head_are_metadata() -> None:
    contents = read_rst(b"Pool\n====\n\n:date: 2024-05-31\n:title: The pool\n\nWords.\n")
    assert contents.metadata.values["title"] == "The pool"
    assert contents.metadata.values["published"] == datetime.date(2024, 5, 31)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (".. comment", "it holds no text"),
        ("x" * 2_000_001, "it has more than 2,000,000 characters; split it"),
        ("a\n=\n" * 10_001, "it has more than 20,000 lines; split it"),
        ("\n".join("  " * depth + "* x\n" for depth in range(600)), "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(source: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        text_of(source)
