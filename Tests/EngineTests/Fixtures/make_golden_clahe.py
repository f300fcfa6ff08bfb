"""Writes golden-clahe.json: what OpenCV 4 makes of small grey images.

    python make_golden_clahe.py        (opencv-python-headless 4, numpy)
"""

import json
import math
import pathlib

import cv2
import numpy

FOLDER = pathlib.Path(__file__).parent


def image(height, width):
    """A soft pattern with an edge, and a few values that occur often."""
    return numpy.array(
        [
            [
                min(255, max(0, round(120 + 70 * math.sin(x / 3) + 50 * math.cos(y / 4)))) if x < y + 9
                else 40 + (x * y) % 7
                for x in range(width)
            ]
            for y in range(height)
        ],
        dtype=numpy.uint8,
    )  # fmt: skip


# Height, width, tiles, clip: tiles that fill both axes, one, none, and that are larger than what is left.
CASES = [
    (16, 24, 4, 2.0), (16, 24, 1, 4.0), (16, 24, 8, 40.0), (17, 23, 4, 1.0), (16, 23, 4, 3.5),
    (18, 24, 8, 4.0), (5, 9, 8, 1.5),
]  # fmt: skip


def cases():
    for height, width, tiles, clip in CASES:
        source = image(height, width)
        target = cv2.createCLAHE(clipLimit=clip, tileGridSize=(tiles, tiles)).apply(source)
        yield {
            "height": height, "width": width, "tiles": tiles, "clip": clip,
            "source": source.flatten().tolist(), "target": target.flatten().tolist(),
        }  # fmt: skip


(FOLDER / "golden-clahe.json").write_text(
    "[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases()) + "\n]\n")
