"""Notebooks are turned into Markdown."""

from __future__ import annotations

import json

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.notebook import read_notebook


def test_cells_are_text_code_and_what_it_printed() -> None:
    stated = {
        "metadata": {"language_info": {"name": "python"}},
        "cells": [
            {"cell_type": "markdown", "source": ["# The pool\n", "\n", "It *opens*."]},
            {
                "cell_type": "code",
                "source": "print('```')",
                "outputs": [
                    {"output_type": "stream", "text": ["\u001b[31mseven\u001b[0m\n"]},
                    {"output_type": "display_data", "data": {"image/png": "AAAA"}},
                    {"output_type": "error", "ename": "ValueError", "evalue": "cold"},
                ],
            },
        ],
    }
    assert read_notebook(json.dumps(stated).encode()).text == (
        "# The pool\n\nIt *opens*.\n\n````python\nprint('```')\n````\n\n"
        "```\nseven\n```\n\n```\nValueError: cold\n```\n"
    )


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"cells": 7}', b'{"cells": ["x"]}', b"7"])
def test_what_is_no_notebook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="it is no notebook"):
        read_notebook(data)


def test_an_empty_notebook_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it holds no text"):
        read_notebook(b'{"cells": []}')
