"""Frozen values to plain JSON values and back.

msgspec does the work, except where a field holds one of several dataclasses: those are written with their class name,
which msgspec cannot do for dataclasses.
"""

from __future__ import annotations

import dataclasses
import functools
import operator
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar, cast

import msgspec

from core.shapes import looked_at

T = TypeVar("T")
TAG = "is"


@dataclasses.dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Writes and reads values of one type."""

    dump: Callable[[T], Any]
    load: Callable[[Any], T]
    """Raises msgspec.ValidationError when the plain value does not fit."""
    kind: type[T] | None = None
    """Set when msgspec can write and read this type as it is, without plain values in between."""

    def encode(self, value: T) -> bytes:
        """Return the value as JSON."""
        if self.kind is None:
            return msgspec.json.encode(self.dump(value))
        return msgspec.json.encode(value, order="deterministic")

    def decode(self, content: msgspec.Raw) -> T:
        """Return the value; raises msgspec.DecodeError when it is no JSON or does not fit."""
        if self.kind is None:
            return self.load(msgspec.json.decode(content))
        return msgspec.json.decode(content, type=looked_at(self.kind))


def codec(kind: type[T]) -> Codec[T]:
    """Return how values of type `kind` are written and read; annotations must be resolvable at run time."""
    return cast(Codec[T], _codec(cast(Any, kind)))


@functools.cache
def _codec(kind: Any) -> Codec[Any]:
    if not _has_alternatives(kind, frozenset()):
        return Codec(
            lambda value: msgspec.to_builtins(value, order="deterministic"),
            lambda data: msgspec.convert(data, looked_at(kind)),
            kind,
        )
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(arguments)
    if dataclasses.is_dataclass(kind):
        return _dataclass(cast(type, kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(arguments[0], arguments[1])
    if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
        return _pair(arguments)
    if origin in (tuple, list, frozenset, set):
        inner = _codec(arguments[0])
        return Codec(
            lambda value: [inner.dump(v) for v in value], lambda data: origin(map(inner.load, _of(list, data)))
        )
    raise TypeError(f"no way to store {kind}")


def _union(members: tuple[Any, ...]) -> Codec[Any]:
    alternatives: list[Any] = [m for m in members if dataclasses.is_dataclass(m)]
    tagged = {m.__name__: (m, _codec(m)) for m in alternatives}
    others = tuple(m for m in members if m not in alternatives)
    rest = _codec(functools.reduce(operator.or_, others)) if others else None

    def dump(value: Any) -> Any:
        name = type(value).__name__
        if name in tagged and isinstance(value, tagged[name][0]):
            return {TAG: name, **tagged[name][1].dump(value)}
        if rest is None:
            raise TypeError(f"no way to store a {name} here")
        return rest.dump(value)

    def load(data: Any) -> Any:
        if isinstance(data, dict) and TAG in data:
            if data[TAG] not in tagged:
                raise msgspec.ValidationError(f"unknown kind {data[TAG]!r}")
            return tagged[data[TAG]][1].load({k: v for k, v in data.items() if k != TAG})
        if rest is None:
            raise msgspec.ValidationError("a kind is missing")
        return rest.load(data)

    return Codec(dump, load)


def _dataclass(kind: type) -> Codec[Any]:
    hints = typing.get_type_hints(kind)
    parts = {f.name: _codec(hints[f.name]) for f in dataclasses.fields(kind)}

    def load(data: Any) -> Any:
        given = {name: part.load(data[name]) for name, part in parts.items() if name in _of(dict, data)}
        try:
            return kind(**given)
        except TypeError as error:
            raise msgspec.ValidationError(str(error)) from error

    return Codec(lambda value: {name: part.dump(getattr(value, name)) for name, part in parts.items()}, load)


def _mapping(key: Any, value: Any) -> Codec[Any]:
    keys, values = _codec(key), _codec(value)
    return Codec(
        lambda given: {keys.dump(k): values.dump(v) for k, v in given.items()},
        lambda data: {keys.load(k): values.load(v) for k, v in _of(dict, data).items()},
    )


def _pair(kinds: tuple[Any, ...]) -> Codec[Any]:
    parts = tuple(_codec(kind) for kind in kinds)

    def load(data: Any) -> Any:
        if len(_of(list, data)) != len(parts):
            raise msgspec.ValidationError(f"expected {len(parts)} values")
        return tuple(part.load(item) for part, item in zip(parts, data, strict=True))

    return Codec(lambda value: [part.dump(item) for part, item in zip(parts, value, strict=True)], load)


def _of(kind: type[T], data: Any) -> T:
    if not isinstance(data, kind):
        raise msgspec.ValidationError(f"expected {kind.__name__}, got {type(data).__name__}")
    return data


def _has_alternatives(kind: Any, seen: frozenset[Any]) -> bool:
    """Whether somewhere inside `kind` one of several dataclasses can stand."""
    if kind in seen:
        return False
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) in (typing.Union, types.UnionType) and sum(map(dataclasses.is_dataclass, arguments)) > 1:
        return True
    inside = typing.get_type_hints(kind).values() if dataclasses.is_dataclass(kind) else arguments
    return any(_has_alternatives(part, seen | {kind}) for part in inside if part is not Ellipsis)
