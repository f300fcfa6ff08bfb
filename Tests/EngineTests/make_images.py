#!/usr/bin/env python3
"""Writes GIF, WebP, BMP and PNM files of many kinds, and what they hold as HDF5.

    make_images.py FOLDER

Each file stands beside FILE.h5, whose dataset `pixels` [height, width, channels] is what Pillow reads (what was
written where Pillow does not read it), and whose `ids` [height, width], where there are any, those of a
mask. Needs the Python packages pillow, opencv-python-headless, numpy and h5py.
"""
import os
import struct
import sys

import cv2
import h5py
import numpy
from PIL import Image

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
random = numpy.random.default_rng(11)
count = 0


def expect(name, pixels, ids=None):
    global count
    pixels = pixels[..., None] if pixels.ndim == 2 else pixels
    with h5py.File(os.path.join(folder, name + ".h5"), "w") as file:
        file["pixels"] = pixels.astype(numpy.float32)
        if ids is not None:
            file["ids"] = ids.astype(numpy.int64)
    count += 1


def place(name):
    return os.path.join(folder, name)


def as_pillow_reads(name, ids=None, mode="RGB"):
    with Image.open(place(name)) as image:
        expect(name, numpy.array(image.convert(mode)), ids)


def indexed(height, width, colours):
    ids = random.integers(0, colours, (height, width), dtype=numpy.uint8)
    image = Image.fromarray(ids, "P")
    image.putpalette(random.integers(0, 256, 3 * colours, dtype=numpy.uint8).tobytes())
    return image, ids


def raw(name, data):
    with open(place(name), "wb") as file:
        file.write(data)


sizes = [(1, 1), (3, 5), (37, 53), (64, 8), (100, 257)]

# GIF: every number of colours, interlaced and not, long runs and noise that fills the table of codes.
for height, width in sizes:
    for colours in [2, 3, 16, 100, 256]:
        for interlace in [0, 1]:
            image, ids = indexed(height, width, colours)
            name = f"g-{height}x{width}-{colours}-{interlace}.gif"
            image.save(place(name), interlace=interlace, optimize=False)
            as_pillow_reads(name, numpy.array(Image.open(place(name))))
image, ids = indexed(400, 500, 256)
image.save(place("large.gif"), optimize=False)
as_pillow_reads("large.gif", ids)
flat = Image.fromarray(numpy.zeros((300, 300), numpy.uint8), "P")
flat.putpalette([1, 2, 3, 4, 5, 6])
flat.save(place("flat.gif"))
as_pillow_reads("flat.gif", numpy.array(Image.open(place("flat.gif"))))
mask = Image.fromarray(((numpy.indices((60, 80)).sum(0) // 9) % 2 * 255).astype(numpy.uint8), "L").convert("1")
mask.save(place("mask.gif"))
as_pillow_reads("mask.gif", numpy.array(Image.open(place("mask.gif")), dtype=numpy.uint8))
frames = [indexed(20, 30, 8)[0] for _ in range(3)]
frames[0].save(place("frames.gif"), save_all=True, append_images=frames[1:], optimize=False)
as_pillow_reads("frames.gif")
image, ids = indexed(20, 30, 8)
image.save(place("transparent.gif"), transparency=3, optimize=False)
as_pillow_reads("transparent.gif", ids)

# WebP: without loss exactly, with loss to what libwebp makes of it in Pillow.
for height, width in sizes:
    colour = random.integers(0, 256, (height, width, 3), dtype=numpy.uint8)
    grey = random.integers(0, 256, (height, width), dtype=numpy.uint8)
    Image.fromarray(colour).save(place(f"c-{height}x{width}.webp"), lossless=True)
    as_pillow_reads(f"c-{height}x{width}.webp")
    Image.fromarray(grey).save(place(f"ids-{height}x{width}.webp"), lossless=True)
    as_pillow_reads(f"ids-{height}x{width}.webp", grey)
    Image.fromarray(colour).save(place(f"lossy-{height}x{width}.webp"), quality=70)
    as_pillow_reads(f"lossy-{height}x{width}.webp")
alpha = random.integers(0, 256, (31, 17, 4), dtype=numpy.uint8)
Image.fromarray(alpha, "RGBA").save(place("alpha.webp"), lossless=True, exact=True)
expect("alpha.webp", alpha[..., :3])


# BMP: of Pillow, of OpenCV and by hand.
def bmp(name, height, width, bits, rows, palette=b"", compression=0, header=40, extra=b"", top_down=False):
    start = 14 + header + len(extra) + len(palette)
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, -height if top_down else height, 1, bits,
                           compression, len(rows), 0, 0, len(palette) // 4, 0)
        info += bytes(header - 40)
    raw(name, b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + info + extra + palette + rows)


for height, width in sizes:
    size = f"{height}x{width}"
    image, ids = indexed(height, width, 256)
    image.save(place(f"p8-{size}.bmp"))
    as_pillow_reads(f"p8-{size}.bmp", ids)
    colour = random.integers(0, 256, (height, width, 3), dtype=numpy.uint8)
    Image.fromarray(colour).save(place(f"c-{size}.bmp"))
    as_pillow_reads(f"c-{size}.bmp")
    grey = random.integers(0, 256, (height, width), dtype=numpy.uint8)
    cv2.imwrite(place(f"cv-{size}.bmp"), grey)
    as_pillow_reads(f"cv-{size}.bmp", cv2.imread(place(f"cv-{size}.bmp"), cv2.IMREAD_GRAYSCALE))
    bits = random.integers(0, 2, (height, width), dtype=numpy.uint8)
    Image.fromarray(bits * 255, "L").convert("1").save(place(f"b-{size}.bmp"))
    as_pillow_reads(f"b-{size}.bmp", bits)
    four = random.integers(0, 16, (height, width), dtype=numpy.uint8)
    palette = random.integers(0, 256, (16, 4), dtype=numpy.uint8)
    padded = numpy.zeros((height, (width + 7) // 8 * 8), numpy.uint8)
    padded[:, :width] = four[::-1]
    bmp(f"four-{size}.bmp", height, width, 4, (padded[:, ::2] << 4 | padded[:, 1::2]).tobytes(), palette.tobytes())
    as_pillow_reads(f"four-{size}.bmp", four)
    for name, masks in [("555", None), ("565", (0xF800, 0x07E0, 0x001F))]:
        words = random.integers(0, 65536, (height, (width + 1) // 2 * 2), dtype=numpy.uint16)
        extra = struct.pack("<III", *masks) if masks else b""
        bmp(f"{name}-{size}.bmp", height, width, 16, words.tobytes(), compression=3 if masks else 0, extra=extra)
        as_pillow_reads(f"{name}-{size}.bmp")
    quads = random.integers(0, 256, (height, width, 4), dtype=numpy.uint8)
    bmp(f"top-{size}.bmp", height, width, 32, quads.tobytes(), top_down=True)
    expect(f"top-{size}.bmp", quads[..., 2::-1])
    core = random.integers(0, 256, (256, 3), dtype=numpy.uint8)
    padded = numpy.zeros((height, (width + 3) // 4 * 4), numpy.uint8)
    padded[:, :width] = grey[::-1]
    bmp(f"core-{size}.bmp", height, width, 8, padded.tobytes(), core.tobytes(), header=12)
    as_pillow_reads(f"core-{size}.bmp", grey)
cv2.imwrite(place("alpha.bmp"), alpha)
expect("alpha.bmp", alpha[..., 2::-1])
# Runs: two rows of three and of literal pixels, then a jump over what stays 0.
palette = random.integers(0, 256, (256, 4), dtype=numpy.uint8)
runs = bytes([3, 7, 0, 3, 1, 2, 3, 0, 0, 0, 0, 2, 2, 1, 4, 9, 0, 1])
expected = numpy.zeros((4, 6), numpy.uint8)
expected[3] = [7, 7, 7, 1, 2, 3]
expected[1, 2:6] = 9
bmp("runs.bmp", 4, 6, 8, runs, palette.tobytes(), compression=1)
expect("runs.bmp", palette[expected][..., 2::-1], expected)
runs = bytes([5, 0x12, 0, 0, 0, 4, 0x34, 0x56, 2, 0x78, 0, 1])
expected = numpy.array([[3, 4, 5, 6, 7, 8], [1, 2, 1, 2, 1, 0]], numpy.uint8)
bmp("runs-of-4.bmp", 2, 6, 4, runs, palette[:16].tobytes(), compression=2)
expect("runs-of-4.bmp", palette[expected][..., 2::-1], expected)


# PNM: as text and as bytes, of every depth; Pillow spreads what is below 255 and leaves the rest.
def text(values):
    return "\n".join(" ".join(str(v) for v in row.reshape(-1)) for row in values).encode()


for height, width in sizes:
    size = f"{width} {height}".encode()
    name = f"{height}x{width}"
    bits = random.integers(0, 2, (height, width), dtype=numpy.uint8)
    raw(f"p1-{name}.pbm", b"P1\n# made\n" + size + b"\n" + text(1 - bits))
    raw(f"p4-{name}.pbm", b"P4 " + size + b"\n" + numpy.packbits(1 - bits, axis=1).tobytes())
    for kind in ["p1", "p4"]:
        as_pillow_reads(f"{kind}-{name}.pbm", bits, "L")
    for greatest in [15, 100, 255]:
        header = size + b"\n" + str(greatest).encode() + b"\n"
        grey = random.integers(0, greatest + 1, (height, width), dtype=numpy.uint8)
        colour = random.integers(0, greatest + 1, (height, width, 3), dtype=numpy.uint8)
        files = {f"p2-{name}-{greatest}.pgm": (b"P2\n" + header + text(grey), grey),
                 f"p5-{name}-{greatest}.pgm": (b"P5\n" + header + grey.tobytes(), grey),
                 f"p3-{name}-{greatest}.ppm": (b"P3\n" + header + text(colour), None),
                 f"p6-{name}-{greatest}.ppm": (b"P6\n" + header + colour.tobytes(), None)}
        for file, (data, ids) in files.items():
            raw(file, data)
            as_pillow_reads(file, ids, "L" if ids is not None else "RGB")
    for greatest in [256, 4095, 65535]:
        header = size + b"\n" + str(greatest).encode() + b"\n"
        grey = random.integers(0, greatest + 1, (height, width), dtype=numpy.uint16)
        colour = random.integers(0, greatest + 1, (height, width, 3), dtype=numpy.uint16)
        for file, data, values in [
            (f"p2-{name}-{greatest}.pgm", b"P2\n" + header + text(grey), grey),
            (f"p5-{name}-{greatest}.pgm", b"P5\n" + header + grey.astype(">u2").tobytes(), grey),
            (f"p3-{name}-{greatest}.ppm", b"P3\n" + header + text(colour), colour),
            (f"p6-{name}-{greatest}.ppm", b"P6\n" + header + colour.astype(">u2").tobytes(), colour),
        ]:
            raw(file, data)
            expect(file, values, values if values.ndim == 2 else None)
            if greatest == 65535 and file[1] in "56":
                read = cv2.imread(place(file), cv2.IMREAD_UNCHANGED)
                assert (read == (values if values.ndim == 2 else values[..., ::-1])).all(), file
    for depth, kind, kept in [(1, "GRAYSCALE", 1), (2, "GRAYSCALE_ALPHA", 1), (3, "RGB", 3), (4, "RGB_ALPHA", 3), (5, "X", 5)]:
        values = random.integers(0, 65536, (height, width, depth), dtype=numpy.uint16)
        header = f"P7\n# made\nWIDTH {width}\nHEIGHT {height}\nDEPTH {depth}\nMAXVAL 65535\nTUPLTYPE {kind}\nENDHDR\n"
        raw(f"p7-{name}-{depth}.pam", header.encode() + values.astype(">u2").tobytes())
        expect(f"p7-{name}-{depth}.pam", values[..., :kept], values[..., 0] if kept == 1 else None)
print(f"{count} images in {folder}")
