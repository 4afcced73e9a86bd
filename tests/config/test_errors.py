"""The tree of errors in the docstring is the tree of classes."""

from __future__ import annotations

import re

from config import errors


def test_the_docstring_lists_every_error_and_no_other() -> None:
    listed = set(re.findall(r"^ +(?:[├└]── )?(\w+Error) ", errors.__doc__ or "", re.MULTILINE))
    assert listed == {name for name in vars(errors) if name.endswith("Error")}
    classes = [getattr(errors, name) for name in listed]
    assert all(issubclass(each, errors.ClippingError) for each in classes)
    assert all(each.__doc__ for each in classes)
