"""The help of commands, for the extraction of Babel: docstrings and helps of options, as `tui.usage` asks for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

from tui.usage import EXAMPLE, paragraphs

Found = tuple[int, Any, Any, Any]


def texts(file: BinaryIO, keywords: Any, comments: Any, **_options: Any) -> Iterator[Found]:
    """Yield what Babel finds itself in a Python file, and the help of every command in it: what ends in an example."""
    yield from extract_python(file, keywords, comments, {})
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        for text in _told(node):
            if not text.startswith(EXAMPLE):
                yield getattr(node, "lineno", 0), None, text, []


def _told(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef():
            told = paragraphs(ast.get_docstring(node) or "")
            return told if told and told[-1].startswith(EXAMPLE) else []
        case ast.Call(func=ast.Name(id="Parameter"), keywords=options):
            return [
                option.value.value
                for option in options
                if option.arg == "help"
                and isinstance(option.value, ast.Constant)
                and isinstance(option.value.value, str)
            ]
        case _other:
            return []
