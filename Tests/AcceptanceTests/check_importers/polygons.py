"""Hundreds of random polygons for each tool that fills them."""

import math
import random

import cv2
import numpy as np
from labelme.utils.shape import shape_to_mask
from pycocotools import mask as tool

from cases import Expected, case, dump, image


def polygon(draw, height, width, whole=False):
    """Corners within the image or beyond it, some of them twice, on one row, or on whole pixels."""
    count, margin, kind = draw.choice([3, 3, 4, 5, 8, 12, 30]), draw.choice([0, 0, 5, 40]), draw.random()
    corners = []
    for _ in range(count):
        x, y = draw.uniform(-margin, width + margin), draw.uniform(-margin, height + margin)
        if kind < 0.3:
            x, y = round(x), round(y)
        elif kind < 0.4:
            x, y = round(2 * x) / 2, round(2 * y) / 2
        elif kind < 0.5 and corners and draw.random() < 0.5:
            y = corners[-1][1]
        elif kind < 0.6 and corners and draw.random() < 0.3:
            x, y = draw.choice(corners)
        corners.append([x, y])
    if kind > 0.9:
        x, y, r = draw.uniform(0, width), draw.uniform(0, height), draw.uniform(1, width)
        corners = [[x + r * math.cos(2 * math.pi * i / count), y + r * math.sin(2 * math.pi * i / count)]
                   for i in range(count)]
    return [[int(x), int(y)] for x, y in corners] if whole else corners


def several(folder, seed, count=150):
    draw = random.Random(seed)
    for number in range(count):
        height, width = draw.randint(8, 60), draw.randint(8, 60)
        image(folder / f"images/{number}.png", height, width, number)
        yield draw, f"images/{number}.png", height, width


@case("coco")
def many_polygons(folder):
    expected, images, annotations = Expected(is_checked=False), [], []
    for number, (draw, name, height, width) in enumerate(several(folder, 11)):
        rings = [[v for p in polygon(draw, height, width) for v in p] for _ in range(draw.choice([1, 2]))]
        images.append({"id": number, "file_name": name, "height": height, "width": width})
        annotations.append({"id": number, "image_id": number, "category_id": 1, "segmentation": rings})
        expected.masks[name] = tool.decode(tool.merge(tool.frPyObjects(rings, height, width))).astype(int)
    dump(folder / "instances.json", {
        "images": images, "annotations": annotations, "categories": [{"id": 1, "name": "a"}]})
    return expected


@case("labelme")
def many_polygons_of_pillow(folder):
    expected = Expected(is_checked=False)
    for draw, name, height, width in several(folder, 12):
        corners = polygon(draw, height, width)
        dump((folder / name).with_suffix(".json"), {
            "shapes": [{"label": "a", "points": corners, "shape_type": "polygon"}],
            "imagePath": name.split("/")[1], "imageHeight": height, "imageWidth": width})
        expected.masks[name] = shape_to_mask((height, width), corners, "polygon").astype(int)
    return expected


@case("via")
def many_polygons_of_opencv(folder):
    expected, entries = Expected(is_checked=False), {}
    for draw, name, height, width in several(folder, 13):
        corners = polygon(draw, height, width, whole=True)
        entries[name] = {"filename": name, "size": 1, "file_attributes": {}, "regions": [{
            "shape_attributes": {"name": "polygon", "all_points_x": [x for x, _ in corners],
                                 "all_points_y": [y for _, y in corners]},
            "region_attributes": {"label": "a"}}]}
        mask = np.zeros((height, width), np.uint8)
        cv2.fillPoly(mask, [np.array(corners, np.int32)], 1)
        expected.masks[name] = mask.astype(int)
    dump(folder / "via_region_data.json", entries)
    return expected
