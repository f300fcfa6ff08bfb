"""Makes clouds of points with a class each, and lists of them: rooms, or shapes with parts.

    python3 Benchmarks/make_points.py rooms FOLDER
    python3 Benchmarks/make_points.py shapes FOLDER

A room is a text file of 18,000 lines `x y z red green blue class`: a floor, walls and three boxes; lengths are in m.
A shape is one of 2,500 lines `x y z class`: a table (top, legs), a lamp (base, pole, shade) or a chair (seat,
legs, back), turned about the vertical axis. The same seed makes the same bytes."""

import math
import os
import random
import sys

ROOMS, SHAPES = 12, 90
GREY = (120, 120, 120)


def plane(rng, count, x, y, z):
    """Points in a box whose sides are ranges; two equal ends make it flat."""
    return [tuple(rng.uniform(*side) for side in (x, y, z)) for _ in range(count)]


def surface(rng, count, middle, size, bottom=True):
    """Points on the sides of a box, with that which it stands on or without."""
    points = []
    for _ in range(count):
        point = [rng.uniform(-0.5, 0.5) for _ in range(3)]
        axis = rng.randrange(3)
        point[axis] = rng.choice((-0.5, 0.5)) if axis < 2 or bottom else 0.5
        points.append(tuple(m + p * s for m, p, s in zip(middle, point, size)))
    return points


def cylinder(rng, count, radii, z):
    """Points on a cone's side around the vertical axis, of a radius below and one above."""
    points = []
    for _ in range(count):
        part, angle = rng.random(), rng.uniform(0, 2 * math.pi)
        radius = radii[0] + (radii[1] - radii[0]) * part
        height = z[0] + (z[1] - z[0]) * part
        points.append((radius * math.cos(angle), radius * math.sin(angle), height))
    return points


def room(rng):
    width, length, height = rng.uniform(3, 5), rng.uniform(3, 5), 2.5
    parts = [(plane(rng, 6000, (0, width), (0, length), (0, 0.02)), 0)]
    for x in (0, width):
        parts.append((plane(rng, 1875, (x, x + 0.02), (0, length), (0, height)), 1))
    for y in (0, length):
        parts.append((plane(rng, 1875, (0, width), (y, y + 0.02), (0, height)), 1))
    for _ in range(3):
        size = [rng.uniform(0.3, 0.7) for _ in range(3)]
        middle = (rng.uniform(0.8, width - 0.8), rng.uniform(0.8, length - 0.8), size[2] / 2)
        parts.append((surface(rng, 1500, middle, size, bottom=False), 2))
    return [
        (*point, *(min(255, max(0, round(rng.gauss(grey, 12)))) for grey in GREY), label)
        for points, label in parts
        for point in points
    ]


def table(rng):
    width, depth, height = rng.uniform(0.8, 1.6), rng.uniform(0.6, 1), rng.uniform(0.5, 0.9)
    parts = [(surface(rng, 1500, (0, 0, height), (width, depth, 0.05)), 0)]
    for x in (-1, 1):
        for y in (-1, 1):
            middle = (x * (width / 2 - 0.05), y * (depth / 2 - 0.05), height / 2)
            parts.append((surface(rng, 250, middle, (0.06, 0.06, height)), 1))
    return parts


def lamp(rng):
    height, radius = rng.uniform(1, 1.8), rng.uniform(0.2, 0.4)
    return [
        (cylinder(rng, 700, (radius, 0.02), (0, 0.06)), 2),
        (cylinder(rng, 800, (0.02, 0.02), (0.06, height)), 3),
        (cylinder(rng, 1000, (radius, radius / 2), (height, height + 0.3)), 4),
    ]


def chair(rng):
    side, height = rng.uniform(0.4, 0.6), rng.uniform(0.4, 0.5)
    parts = [(surface(rng, 800, (0, 0, height), (side, side, 0.05)), 5)]
    for x in (-1, 1):
        for y in (-1, 1):
            middle = (x * (side / 2 - 0.03), y * (side / 2 - 0.03), height / 2)
            parts.append((surface(rng, 225, middle, (0.04, 0.04, height)), 6))
    back = rng.uniform(0.4, 0.6)
    parts.append((surface(rng, 800, (0, side / 2, height + back / 2), (side, 0.04, back)), 7))
    return parts


def shape(rng, number):
    angle = rng.uniform(0, 2 * math.pi)
    cosine, sine = math.cos(angle), math.sin(angle)
    return [
        (cosine * x - sine * y, sine * x + cosine * y, z, label)
        for points, label in (table, lamp, chair)[number % 3](rng)
        for x, y, z in points
    ]


def text(value):
    return str(value) if isinstance(value, int) else f"{value:.4f}"


def main(kind, folder):
    os.makedirs(folder, exist_ok=True)
    count = ROOMS if kind == "rooms" else SHAPES
    names = []
    for number in range(count):
        rng = random.Random(1000 * number + (1 if kind == "rooms" else 2))
        points = room(rng) if kind == "rooms" else shape(rng, number)
        rng.shuffle(points)
        names.append(f"{kind[:-1]}{number:02}.txt")
        with open(os.path.join(folder, names[-1]), "w") as file:
            file.writelines(" ".join(map(text, point)) + "\n" for point in points)
    # Of the last quarter every second file validates, and the others are for a test.
    train, validation = names[: 3 * count // 4], names[3 * count // 4 :]
    lists = {"train": train, "val": validation[::2], "test": validation[1::2]}
    for name, files in lists.items():
        with open(os.path.join(folder, f"{name}.txt"), "w") as file:
            file.writelines(f"{name}\n" for name in files)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("rooms", "shapes"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
