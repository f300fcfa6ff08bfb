"""Writes golden-objects.json: what networks learn of objects that are ellipses, some cut off by others or by
the border of the image: probabilities and distances by stardist, and flows by the definition of Stringer et al.
(Nature Methods 2021), written down with NumPy.

    python make_golden_objects.py        (numpy, scipy; stardist without its dependencies)
"""

import json
import pathlib

import numpy as np
from stardist.geometry.geom2d import star_dist
from stardist.utils import edt_prob

FOLDER = pathlib.Path(__file__).parent
SIZE = (36, 44)
RAYS = 8
# Row, column, half axes, angle; later ones take nothing from earlier ones.
ELLIPSES = [
    (9, 10, 8, 5, 0.4), (10, 20, 7, 5, 1.2), (26, 14, 9, 6, 2.0), (24, 30, 6, 6, 0), (2, 36, 7, 4, 0.1),
    (33, 41, 6, 5, 0.7), (24, 21, 3, 5, 0), (16, 38, 2, 2, 0),
]


def draw():
    ids = np.zeros(SIZE, np.int32)
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    for number, (row, column, a, b, angle) in enumerate(ELLIPSES, 1):
        y, x = rows - row, columns - column
        u, v = y * np.cos(angle) + x * np.sin(angle), x * np.cos(angle) - y * np.sin(angle)
        ids[((u / a) ** 2 + (v / b) ** 2 <= 1) & (ids == 0)] = 7 * number
    return ids


def flows(ids):
    result = np.zeros((2, *ids.shape))
    for number in np.unique(ids[ids > 0]):
        y, x = np.nonzero(ids == number)
        source = np.argmin((y - np.median(y)) ** 2 + (x - np.median(x)) ** 2)
        inside = np.pad(ids == number, 1)
        heat = np.zeros(inside.shape)
        for _ in range(2 * (np.ptp(y) + np.ptp(x))):
            heat[y[source] + 1, x[source] + 1] += 1
            around = [np.roll(heat, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            heat = np.where(inside, sum(around) / 9, 0)
        heat = np.log1p(heat)
        after = np.stack([heat[y + 2, x + 1], heat[y + 1, x + 2]])
        before = np.stack([heat[y, x + 1], heat[y + 1, x]])
        # What is but rounding is no slope.
        slopes = np.where(abs(after - before) > 1e-12 * (after + before), after - before, 0)
        length = np.sqrt((slopes**2).sum(0))
        result[:, y, x] = np.divide(slopes, length, where=length > 0, out=np.zeros_like(slopes))
    return result


def numbers(values):
    return [round(float(value), 5) for value in np.asarray(values).ravel()]


ids = draw()
(FOLDER / "golden-objects.json").write_text(
    json.dumps(
        {
            "height": SIZE[0],
            "width": SIZE[1],
            "rays": RAYS,
            "ids": ids.ravel().tolist(),
            "probabilities": numbers(edt_prob(ids)),
            "distances": numbers(star_dist(ids, RAYS, mode="cpp").transpose(2, 0, 1)),
            "flows": numbers(flows(ids)),
        },
        separators=(",", ":"),
    )
    + "\n"
)
