"""Many arrays behind one pointer, as an argument of kernels.

A tuple of fifty arrays is four hundred machine words, passed and unpacked at every call of every kernel; compiling
that takes minutes. A `Bundle` is one pointer to a table of array descriptors instead. The loads from the table are
marked invariant, so that the compiler keeps them out of loops. A kernel never owns the arrays: the Python object does.

Fields may be arrays (any number of dimensions, C order), ints, and `Flag`, which is decided by type: see
`solver.search.flags`.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.numpy_support import from_dtype

WORD = 8
"""Bytes of a table entry."""


class BundleType(types.Type):
    """The numba type of a bundle: its fields in order.

    Parameters
    ----------
    layout
        ``(name, what)`` pairs; ``what`` is ``(dtype, dimensions)`` for an array, "int", "on" or "off".
    """

    def __init__(self, layout):
        self.layout = layout
        self.offsets = {}
        self.attributes = {}
        offset = 0
        for name, what in layout:
            self.offsets[name] = offset
            if what == "int":
                self.attributes[name] = types.int64
                offset += WORD
            elif what in ("on", "off"):
                self.attributes[name] = types.int64 if what == "on" else types.none
            else:
                dtype, dimensions = what
                self.attributes[name] = types.Array(from_dtype(np.dtype(dtype)), dimensions, "C")
                offset += WORD * (1 + dimensions)
        super().__init__(name=f"Bundle({layout})")


@register_model(BundleType)
class _BundleModel(models.OpaqueModel):
    pass


class Bundle:
    """Base of dataclasses that kernels take as one argument; call ``seal()`` when all fields are set."""

    _table: np.ndarray
    _numba_type_: BundleType

    def seal(self) -> None:
        """Write the table of descriptors. The arrays must not be replaced afterwards, only written to."""
        layout: list[tuple[str, object]] = []
        words: list[int] = []
        for part in fields(self):  # type: ignore[arg-type]
            value = getattr(self, part.name)
            if part.type == "Flag":
                layout.append((part.name, "off" if value is None else "on"))
            elif isinstance(value, int):
                layout.append((part.name, "int"))
                words.append(value)
            else:
                if not value.flags.c_contiguous:
                    raise ValueError(f"{part.name} is not in C order")
                layout.append((part.name, (value.dtype.str, value.ndim)))
                words += [value.ctypes.data, *value.shape]
        table = np.array(words, dtype=np.int64)
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_address", table.ctypes.data)
        object.__setattr__(self, "_numba_type_", _type_of(tuple(layout)))


_TYPES: dict[tuple[object, ...], BundleType] = {}


def _type_of(layout):
    if layout not in _TYPES:
        _TYPES[layout] = BundleType(layout)
    return _TYPES[layout]


@typeof_impl.register(Bundle)
def _typeof_bundle(value, context):
    return value._numba_type_


@unbox(BundleType)
def _unbox_bundle(typ, obj, c):
    address = c.pyapi.object_getattr_string(obj, "_address")
    pointer = c.pyapi.long_as_voidptr(address)
    c.pyapi.decref(address)
    return NativeValue(pointer, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _BundleAttributes(AttributeTemplate):
    key = BundleType

    def generic_resolve(self, typ, attr):
        return typ.attributes.get(attr)


@lower_getattr_generic(BundleType)
def _lower_attribute(context, builder, typ, value, attr):
    wanted = typ.attributes[attr]
    if wanted is types.none:
        return context.get_dummy_value()
    kind = dict(typ.layout)[attr]
    if kind == "on":
        return context.get_constant(types.int64, 1)
    offset = typ.offsets[attr]
    if kind == "int":
        return _load(builder, value, offset, ir.IntType(64))
    array = context.make_array(wanted)(context, builder)
    item = context.get_abi_sizeof(context.get_data_type(wanted.dtype))
    shape = [_load(builder, value, offset + WORD * (1 + axis), ir.IntType(64)) for axis in range(wanted.ndim)]
    strides = [ir.Constant(ir.IntType(64), item)]
    for extent in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], extent, flags=("nsw",)))
    count = shape[0]
    for extent in shape[1:]:
        count = builder.mul(count, extent, flags=("nsw",))
    array.meminfo = cgutils.get_null_value(array.meminfo.type)
    array.parent = cgutils.get_null_value(array.parent.type)
    array.nitems = count
    array.itemsize = ir.Constant(ir.IntType(64), item)
    array.data = _load(builder, value, offset, array.data.type)
    array.shape = cgutils.pack_array(builder, shape)
    array.strides = cgutils.pack_array(builder, strides)
    return array._getvalue()


def _load(builder, table, offset, wanted):
    place = builder.gep(table, [ir.Constant(ir.IntType(64), offset)], inbounds=True, source_etype=ir.IntType(8))
    loaded = builder.load(builder.bitcast(place, wanted.as_pointer()), typ=wanted)
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded
