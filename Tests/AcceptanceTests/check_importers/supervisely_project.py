"""Supervisely, against its SDK."""

import cv2
import numpy as np
import supervisely as sly

from cases import Expected, case, dump, image

META = {"classes": [{"title": "person", "shape": "any", "color": "#FF0000", "id": 1},
                    {"title": "Müll", "shape": "any", "color": "#00FF7F", "id": 2}],
        "tags": [{"name": "val", "value_type": "none", "color": "#FFFFFF"}]}
CLASSES = ["background", "person", "Müll"]


def ring(points):
    return np.array(points).astype(np.int32)


def draw(objects, height, width):
    """As Polygon, Bitmap and Rectangle of the SDK draw; its Polygon gives OpenCV integers of 64 bits, which
    this version refuses, so that its lines are repeated here."""
    mask, numbers = np.zeros((height, width), np.uint8), np.zeros((height, width), int)
    for count, entry in enumerate(objects):
        pixels = np.zeros((height, width), np.uint8)
        if entry["geometryType"] == "polygon":
            cv2.fillPoly(pixels, pts=[ring(entry["points"]["exterior"])], color=1)
            if entry["points"]["interior"]:
                cv2.fillPoly(pixels, pts=[ring(i) for i in entry["points"]["interior"]], color=0)
        elif entry["geometryType"] == "bitmap":
            sly.Bitmap.from_json(entry).draw(pixels, 1)
        elif entry["geometryType"] == "rectangle":
            sly.Rectangle.from_json(entry).draw(pixels, 1)
        else:
            continue
        mask[pixels > 0] = CLASSES.index(entry["classTitle"])
        numbers[pixels > 0] = count + 1
    return mask.astype(int), numbers


def polygon(title, exterior, *interior):
    return {"classTitle": title, "geometryType": "polygon", "tags": [],
            "points": {"exterior": exterior, "interior": list(interior)}}


def bitmap(title, pixels, x, y):
    data = sly.Bitmap.data_2_base64(pixels)
    return {"classTitle": title, "geometryType": "bitmap", "tags": [], "bitmap": {"data": data, "origin": [x, y]},
            "points": {"exterior": [], "interior": []}}


def annotation(folder, dataset, name, height, width, objects, tags=()):
    image(folder / dataset / "img" / name, height, width)
    dump(folder / dataset / "ann" / (name + ".json"), {
        "description": "", "name": name, "size": {"width": width, "height": height},
        "tags": [{"name": tag} for tag in tags], "objects": objects}, ensure_ascii=False)


HOLED = polygon("person", [[2, 2], [36, 4], [30, 27], [5, 25]], [[10, 8], [22, 9], [15, 20]], [[24, 12], [28, 13], [26, 19]])


@case("supervisely")
def holes_and_bitmaps(folder):
    random = np.random.default_rng(3)
    expected = Expected(classes=CLASSES)
    dump(folder / "meta.json", META, ensure_ascii=False)
    for name in ["a.png", "zwei wörter.jpg", "c.png"]:
        # The SDK cuts bitmaps down to what is in them.
        pixels = random.integers(0, 2, (9, 12)) > 0
        pixels[[0, -1], :] = pixels[:, [0, -1]] = True
        objects = [HOLED, bitmap("Müll", pixels, 25, 18),
                   {"classTitle": "Müll", "geometryType": "rectangle",
                    "points": {"exterior": [[1, 20], [8, 28]], "interior": []}}]
        annotation(folder, "ds0", name, 30, 40, objects)
        expected.masks[f"ds0/img/{name}"], expected.instances[f"ds0/img/{name}"] = draw(objects, 30, 40)
    return expected


@case("supervisely")
def several_data_sets_and_tags(folder):
    expected = Expected(classes=CLASSES)
    dump(folder / "meta.json", META, ensure_ascii=False)
    for dataset, tags, part in [("train", [], "train"), ("test", [], "test"), ("more", ["val"], "validation")]:
        for number in range(2):
            objects = [polygon("person", [[number, 1], [20, 3], [9, 22]])]
            annotation(folder, dataset, f"{number}.png", 30 + number, 40, objects, tags)
            expected.masks[f"{dataset}/img/{number}.png"] = draw(objects, 30 + number, 40)[0]
            expected.parts[f"{dataset}/img/{number}.png"] = part
    return expected


@case("supervisely")
def lines_and_points_are_left_out(folder):
    expected = Expected(classes=CLASSES, warned=["covers no area"])
    dump(folder / "meta.json", META, ensure_ascii=False)
    for number in range(3):
        line = {"classTitle": "person", "geometryType": "line", "points": {"exterior": [[1, 1], [9, 9]], "interior": []}}
        objects = [line, polygon("Müll", [[-5, 4], [50, 6], [20, 44]])]
        annotation(folder, "ds", f"{number}.png", 30, 40 + number, objects)
        expected.masks[f"ds/img/{number}.png"] = draw(objects, 30, 40 + number)[0]
    return expected


@case("supervisely")
def missing_images_and_classes(folder):
    dump(folder / "meta.json", META)
    annotation(folder, "ds", "a.png", 30, 40, [polygon("person", [[1, 1], [5, 1], [3, 4]])])
    annotation(folder, "ds", "b.png", 30, 40, [polygon("dog", [[1, 1], [5, 1], [3, 4]])])
    (folder / "ds/img/a.png").unlink()
    return Expected(refused=["a.png.json", "its image is not in", "'dog', which meta.json does not name"])


@case("supervisely")
def a_bitmap_that_is_none(folder):
    dump(folder / "meta.json", META)
    entry = bitmap("person", np.ones((3, 3), bool), 1, 1)
    entry["bitmap"]["data"] = "AAAA"
    annotation(folder, "ds", "a.png", 30, 40, [entry])
    annotation(folder, "ds", "b.png", 30, 40, [])
    return Expected(refused=["a.png.json:", "bitmap"])
