"""Writes hdf5/*.h5: datasets as other programs store them.

    python make_hdf5_fixtures.py        (h5py 3)

Of slice s the value at row y and column x is s · 20 + y · 5 + x, times a factor where values are wide.
"""

import pathlib

import h5py
import numpy

FOLDER = pathlib.Path(__file__).parent / "hdf5"
SLICES, HEIGHT, WIDTH = 5, 4, 5
VALUES = numpy.arange(SLICES * HEIGHT * WIDTH).reshape(SLICES, HEIGHT, WIDTH)


def stored():
    with h5py.File(FOLDER / "stored.h5", "w") as file:
        def add(name, values, kind, **options):
            file.create_dataset(name, data=values.astype(kind), track_times=False, **options)

        # How values are stored.
        add("contiguous", VALUES, "u1")
        add("chunked", VALUES, "u1", chunks=(2, 3, 3))
        add("gzip", VALUES, "u1", chunks=(2, 3, 3), compression="gzip", compression_opts=9)
        add("shuffled", 256 * VALUES, "<u2", chunks=(1, 4, 5), compression="gzip", shuffle=True)
        add("checked", VALUES, "u1", chunks=(5, 4, 5), fletcher32=True)
        add("growing", VALUES, "u1", chunks=(1, 4, 5), maxshape=(None, 4, 5))
        sparse = file.create_dataset(
            "sparse", shape=VALUES.shape, dtype="u1", chunks=(1, 4, 5), fillvalue=9,
            track_times=False)
        sparse[1] = VALUES[1]

        # What they are.
        add("big_words", 256 * VALUES, ">u2")
        add("big_integers", 300 * VALUES - 1000, ">i2")
        add("integers", 300 * VALUES - 1000, "<i2")
        add("wide", 10**6 * VALUES, "<i8")
        add("big_reals", VALUES / 8, ">f4", chunks=(2, 3, 3), compression="gzip")
        add("doubles", VALUES / 8, "<f8")
        add("halves", VALUES / 8, "<f2")
        holes = VALUES / 8
        holes[0, 0, :3] = [numpy.nan, numpy.inf, -numpy.inf]
        add("holes", holes, "<f4")

        # Four axes: colours behind, or too much.
        colours = numpy.stack([VALUES, VALUES + 100, 255 - VALUES], axis=-1)
        add("colours", colours, "u1", chunks=(1, 2, 5, 3), compression="gzip")
        add("pairs", colours[..., :2], "u1")
        add("series", colours[numpy.newaxis], "u1")

        # Masks.
        add("mask", VALUES % 3, ">i4", chunks=(2, 2, 2), compression="gzip")
        add("yes_or_no", VALUES % 2 == 0, "?")
        file.create_dataset("words", data=["a", "b"], track_times=False)


def newest():
    """As `libver="v110"` writes: other headers and other indices of chunks."""
    with h5py.File(FOLDER / "newest.h5", "w", libver=("v110", "v110")) as file:
        file.create_dataset(
            "gzip", data=VALUES.astype("u1"), chunks=(2, 3, 3), compression="gzip", track_times=False)
        file.create_dataset(
            "growing", data=VALUES.astype("u1"), chunks=(1, 4, 5), maxshape=(None, 4, 5),
            track_times=False)


def foreign():
    """A filter that libhdf5 itself does not have, and values in another file."""
    with h5py.File(FOLDER / "foreign.h5", "w") as file:
        file.create_dataset(
            "lzf", data=(VALUES // 50).astype("u1"), chunks=(5, 4, 5), compression="lzf",
            track_times=False)
        file["elsewhere"] = h5py.ExternalLink("stored.h5", "/gzip")
        layout = h5py.VirtualLayout(shape=VALUES.shape, dtype="u1")
        layout[:] = h5py.VirtualSource("stored.h5", "gzip", shape=VALUES.shape)
        file.create_virtual_dataset("virtual", layout)


def damaged():
    """The second slice's chunk is overwritten, in one dataset below a checksum, in one below gzip."""
    path = FOLDER / "damaged.h5"
    places = []
    with h5py.File(path, "w") as file:
        for name, options in [("checked", {"fletcher32": True}), ("gzip", {"compression": "gzip"})]:
            dataset = file.create_dataset(
                name, data=VALUES.astype("u1"), chunks=(1, 4, 5), track_times=False, **options)
            places.append(dataset.id.get_chunk_info(1).byte_offset)
    data = bytearray(path.read_bytes())
    for place in places:
        data[place + 4:place + 8] = b"\xa5\x5a\xa5\x5a"
    path.write_bytes(data)


FOLDER.mkdir(exist_ok=True)
for write in [stored, newest, foreign, damaged]:
    write()
