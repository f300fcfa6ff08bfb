#!/usr/bin/env python3
"""Writes TIFF files of many kinds with tifffile, and what they hold as HDF5.

    make_tiffs.py FOLDER

Each NAME.tif stands beside NAME.h5, whose dataset `pixels` [height, width, channels] are the samples that
a reader should give, in single precision, and whose `ids` [height, width], where there are any, those of a mask. `page` says which
page is meant. Needs the Python packages tifffile, imagecodecs, numpy and h5py.
"""
import itertools
import os
import sys

import h5py
import numpy
import tifffile

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
random = numpy.random.default_rng(7)
count = 0


def samples(shape, kind):
    kind = numpy.dtype(kind)
    if kind.kind == "f":
        return random.standard_normal(shape).astype(kind)
    limits = numpy.iinfo(kind)
    return random.integers(limits.min, limits.max, shape, dtype=kind, endpoint=True)


def expect(name, values, page=0, ids=None):
    global count
    values = values[..., None] if values.ndim == 2 else values
    with h5py.File(os.path.join(folder, name + ".h5"), "w") as file:
        file["pixels"] = values.astype(numpy.float32)
        file.attrs["page"] = page
        if ids is not None:
            file["ids"] = ids.astype(numpy.int64)
    count += 1


def write(name, values, expected=None, ids=None, **options):
    tifffile.imwrite(os.path.join(folder, name + ".tif"), values, **options)
    expect(name, values if expected is None else expected, ids=ids)


grey, colour = (37, 53), (37, 53, 3)
kinds = ["uint8", "uint16", "uint32", "int8", "int16", "int32", "float16", "float32", "float64"]
for kind, order in itertools.product(kinds, "<>"):
    values = samples(grey, kind)
    is_id = kind.startswith(("u", "i"))
    write(f"grey-{kind}-{'little' if order == '<' else 'big'}", values, ids=values if is_id else None,
          byteorder=order, photometric="minisblack")
for kind in ["uint8", "uint16", "float32"]:
    for compression in ["lzw", "deflate", "packbits", "zstd", "lzma"]:
        options = {} if compression == "packbits" else {"predictor": True}
        write(f"{compression}-{kind}", samples(colour, kind), compression=compression,
              photometric="rgb", **options)
    write(f"tiled-{kind}", samples((70, 100), kind), tile=(32, 48), compression="deflate",
          photometric="minisblack")
    write(f"bigtiff-{kind}", samples(colour, kind), bigtiff=True, photometric="rgb")
    planar = samples((3, 37, 53), kind)
    write(f"planar-{kind}", planar, expected=planar.transpose(1, 2, 0), planarconfig="separate",
          photometric="rgb")
    planar = samples((4, 64, 96), kind)
    write(f"planar-tiled-{kind}", planar, expected=planar.transpose(1, 2, 0), tile=(32, 32),
          planarconfig="separate", photometric="minisblack", extrasamples=[0, 0, 0])
    write(f"seven-{kind}", samples((37, 53, 7), kind), photometric="minisblack",
          planarconfig="contig", extrasamples=[0] * 6)
    alpha = samples((37, 53, 4), kind)
    write(f"alpha-{kind}", alpha, expected=alpha[..., :3], photometric="rgb",
          extrasamples=["unassalpha"])
    write(f"strips-{kind}", samples((100, 31), kind), rowsperstrip=7, photometric="minisblack")
values = random.integers(0, 2, grey).astype(bool)
write("one-bit", values, expected=values.astype(numpy.uint8) * 255, ids=values,
      photometric="minisblack")
write("one-bit-white", values, expected=(1 - values.astype(numpy.uint8)) * 255, ids=values,
      photometric="miniswhite")
table = random.integers(0, 65536, (3, 256), dtype=numpy.uint16)
indices = samples(grey, "uint8")
write("palette", indices, expected=(table[:, indices] >> 8).astype(numpy.uint8).transpose(1, 2, 0),
      ids=indices, photometric="palette", colormap=table)
stack = samples((6, 37, 53), "uint16")
for name, options in {
    "stack": {}, "imagej": {"imagej": True}, "ome": {"ome": True, "metadata": {"axes": "ZYX"}},
    "stack-deflate": {"compression": "deflate"},
}.items():
    tifffile.imwrite(os.path.join(folder, name + ".tif"), stack, photometric="minisblack", **options)
    expect(name, stack[4], page=4, ids=stack[4])
with tifffile.TiffWriter(os.path.join(folder, "pyramid.tif")) as file:
    whole = samples((128, 128), "uint16")
    file.write(whole, tile=(32, 32), subifds=1, photometric="minisblack")
    file.write(whole[::2, ::2], tile=(32, 32), subfiletype=1, photometric="minisblack")
    file.write(whole[::4, ::4], subfiletype=1, photometric="minisblack")
expect("pyramid", whole)
photo = numpy.kron(random.integers(40, 200, (5, 7, 3)), numpy.ones((16, 16, 1))).astype(numpy.uint8)
for name, options in {
    "jpeg-rgb": {"compressionargs": {"level": 95}},
    "jpeg-subsampled": {"compressionargs": {"level": 95}, "subsampling": (2, 2)},
}.items():
    path = os.path.join(folder, name + ".tif")
    tifffile.imwrite(path, photo, compression="jpeg", photometric="rgb", **options)
    expect(name, tifffile.imread(path))
print(f"{count} files in {folder}")
