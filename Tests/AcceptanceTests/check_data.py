"""Computes an overview of data anew with numpy, Pillow and scipy, and compares every number.

    python3 Tests/AcceptanceTests/check_data.py PROGRAM LIST...

Each LIST has a line `image mask` for every sample, with paths relative to its folder; masks are PNGs of
8 bits. `make test-data LISTS="..."` runs it. Needs the Python packages numpy, Pillow and scipy.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter

import numpy as np
from PIL import Image
from scipy.fft import dct
from scipy.ndimage import label

SPECK, GRID, SIDE, THRESHOLD = 10, 64, 16, 32
failures = 0


def check(what, found, expected, tolerance=0.0):
    global failures
    close = found == expected or (
        tolerance and found is not None and expected is not None
        and abs(found - expected) <= tolerance * max(1.0, abs(expected)))
    if not close:
        failures += 1
        if failures <= 20:
            print(f"WRONG {what}: {found}, expected {expected}")
    return close


def coverage(extent):
    """[GRID, extent]: how much of each pixel lies in each cell."""
    cells = np.arange(GRID)[:, None] * extent / GRID
    ends = np.arange(1, GRID + 1)[:, None] * extent / GRID
    pixels = np.arange(extent)[None]
    return np.clip(np.minimum(ends, pixels + 1) - np.maximum(cells, pixels), 0, None)


def hash_of(image):
    grey = image.astype(float)
    if grey.ndim == 3:
        grey = grey @ np.array([0.299, 0.587, 0.114])
    rows, columns = coverage(grey.shape[0]), coverage(grey.shape[1])
    cells = rows @ grey @ columns.T / (grey.shape[0] / GRID * grey.shape[1] / GRID)
    low = dct(dct(cells, axis=0), axis=1)[:SIDE, :SIDE].ravel() / 4
    others = np.sort(low[1:])
    bits = low > others[len(others) // 2] + 1e-9 * max(1, abs(low[0]))
    bits[0] = False
    return bits


def samples(path):
    folder = os.path.dirname(path)
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            fields = line.split()
            yield [os.path.join(folder, field) for field in fields[:2]] + [fields[0]]


program, lists = sys.argv[1], sys.argv[2:]
output = subprocess.run(
    [program, "data", *lists, "--json"], stdout=subprocess.PIPE, check=True).stdout
overview = json.loads(output)
classes = {entry["id"]: entry["sets"] for entry in overview["classes"]}
hashes, names, digests = [], [], []
numbers = 0
for number, (path, found) in enumerate(zip(lists, overview["sets"])):
    name = found["name"]
    sizes, pixels, images, objects, specks = (Counter() for _ in range(5))
    levels, count, labelled = {}, 0, 0
    for image_path, mask_path, entry in samples(path):
        count += 1
        image = np.asarray(Image.open(image_path))
        if image.ndim == 3 and image.shape[2] == 4:
            image = image[:, :, :3]
        mask = np.asarray(Image.open(mask_path))
        sizes[image.shape[:2]] += 1
        channels = image.reshape(image.shape[0] * image.shape[1], -1)
        kind = levels.setdefault(
            channels.shape[1], [0, np.zeros((channels.shape[1], 256), np.int64)])
        kind[0] += 1
        for channel in range(channels.shape[1]):
            kind[1][channel] += np.bincount(channels[:, channel], minlength=256)
        labelled += mask.size
        for value in np.unique(mask):
            own = mask == value
            _, found_objects = label(own, np.ones((3, 3)))
            areas = np.bincount(label(own, np.ones((3, 3)))[0].ravel())[1:]
            pixels[value] += int(own.sum())
            images[value] += 1
            objects[value] += int(found_objects)
            specks[value] += int((areas < SPECK).sum())
        if channels.min() != channels.max():
            hashes.append(hash_of(image))
            names.append(f"{name}: {entry}")
            digests.append(hashlib.sha256(open(image_path, "rb").read()).hexdigest())
    check(f"{name}: samples", found["samples"], count)
    check(f"{name}: pixels", found["pixels"], labelled)
    check(f"{name}: sizes", Counter({
        (size["height"], size["width"]): size["samples"] for size in found["sizes"]}), sizes)
    numbers += 2 + len(sizes)
    for value, sets in classes.items():
        mine = sets[number]
        for key, counts in [("pixels", pixels), ("images", images), ("objects", objects),
                            ("specks", specks)]:
            check(f"{name}: {key} of {value}", mine[key], counts[value])
        check(f"{name}: share of {value}", mine["share"], pixels[value] / labelled, 1e-12)
        numbers += 5
    check(f"{name}: values", set(classes) >= set(map(int, pixels)), True)
    place = Counter()
    for channel in found["channels"]:
        kind = levels[channel["channels"]]
        counts = kind[1][place[channel["channels"]]]
        place[channel["channels"]] += 1
        values, sum_ = np.arange(256), counts.sum()
        mean = (counts * values).sum() / sum_
        what = f"{name}: {channel['name']} of {channel['channels']}"
        check(what + " images", channel["samples"], kind[0])
        check(what + " least", channel["least"], int(np.flatnonzero(counts)[0]))
        check(what + " greatest", channel["greatest"], int(np.flatnonzero(counts)[-1]))
        check(what + " mean", channel["mean"], mean, 1e-9)
        deviation = np.sqrt((counts * (values - mean) ** 2).sum() / sum_)
        check(what + " deviation", channel["deviation"], deviation, 1e-9)
        start, width = int(channel["histogram"]["start"]), int(channel["histogram"]["width"])
        for bin_, found_count in enumerate(channel["histogram"]["counts"]):
            low = start + bin_ * width
            check(what + f" bin {bin_}", found_count, int(counts[low:low + width].sum()))
        numbers += 5 + len(channel["histogram"]["counts"])

bits = np.array(hashes)
distances = (bits[:, None] != bits[None]).sum(2)
groups = list(range(len(names)))


def root(member):
    while groups[member] != member:
        member = groups[member]
    return member


pairs = 0
for one in range(len(names)):
    for other in np.flatnonzero(distances[one, one + 1:] <= THRESHOLD) + one + 1:
        if digests[one] != digests[other]:
            pairs += 1
            groups[root(other)] = root(one)
alike = overview["nearDuplicates"]
check("pairs that look alike", alike["pairs"], pairs)
members = Counter(root(member) for member in range(len(names)))
expected = {frozenset(names[m] for m in range(len(names)) if root(m) == group)
            for group, size in members.items() if size > 1}
check("groups that look alike", {frozenset(group["samples"]) for group in alike["groups"]}, expected)
for group in alike["groups"]:
    pair = group["closest"]
    one, other = names.index(pair["first"]), names.index(pair["second"])
    check("distance of " + pair["first"], pair["distance"], int(distances[one, other]))
copies = {}
for name, digest in zip(names, digests):
    copies.setdefault(digest, []).append(name)
check("copies", sorted(overview["copies"]), sorted(c for c in copies.values() if len(c) > 1))
numbers += 3 + len(alike["groups"])
print(f"{numbers} numbers of {len(names)} images, {pairs} pairs that look alike: "
      + (f"{failures} WRONG" if failures else "all as computed"))
sys.exit(1 if failures else 0)
