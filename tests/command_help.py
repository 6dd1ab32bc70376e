"""The help of commands, for the extraction of Babel: docstrings and helps of options, as `tui.usage` asks for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

from tui.usage import EXAMPLE, paragraphs

Found = tuple[int, Any, Any, list[str]]


def texts(file: BinaryIO, keywords: Any, comments: Any, **options: Any) -> Iterator[Found]:
    """Yield what Babel finds itself in a Python file, and the help of every command in it: what ends in an example."""
    yield from extract_python(file, keywords, comments, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        match node:
            case ast.FunctionDef():
                told = paragraphs(ast.get_docstring(node) or "")
                told = told if told and told[-1].startswith(EXAMPLE) else []
            case ast.Call(func=ast.Name(id="Parameter")):
                told = [word.value.value for word in node.keywords if word.arg == "help" and _is_text(word.value)]
            case _other:
                continue
        for text in told:
            if not text.startswith(EXAMPLE):
                yield node.lineno, None, text, []


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
