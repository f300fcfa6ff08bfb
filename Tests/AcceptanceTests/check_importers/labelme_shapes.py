"""LabelMe, against labelme's own shapes_to_label."""

import base64
import io

import numpy as np
from PIL import Image
from labelme.utils.shape import shapes_to_label

from cases import Expected, case, dump, image


def label(folder, name, height, width, shapes, path=None, data=None, **more):
    """Writes the JSON file beside an image; gives mask and numbers as labelme makes them."""
    written = [{"label": s["label"], "points": s["points"], "shape_type": s.get("shape_type", "polygon"),
                "group_id": s.get("group_id"), "flags": {}, **({"mask": s["png"]} if "png" in s else {})}
               for s in shapes]
    dump((folder / name).with_suffix(".json"), {
        "version": "5.4.1", "flags": {}, "shapes": written,
        "imagePath": path or name.split("/")[-1], "imageData": data, "imageHeight": height,
        "imageWidth": width, **more}, ensure_ascii=False, indent=2)


def truth(height, width, shapes, classes):
    kept = [s for s in shapes if s.get("shape_type", "polygon") not in ("point", "line", "linestrip")]
    return shapes_to_label((height, width), kept, {name: i for i, name in enumerate(classes)})


def write(folder, samples, classes, **settings):
    expected = Expected(classes=classes, **settings)
    for name, (height, width, shapes) in samples.items():
        image(folder / name, height, width)
        label(folder, name, height, width, shapes)
        mask, numbers = truth(height, width, shapes, classes)
        expected.masks[name] = mask
        if (numbers > 0).any():
            expected.instances[name] = numbers
    return expected


TRIANGLE = {"label": "cell", "points": [[2.5, 3], [30.2, 6.7], [11, 24.9]]}
SQUARE = {"label": "nucleus", "points": [[8, 8], [20, 8], [20, 20], [8, 20]]}


@case("labelme")
def painting_order_and_groups(folder):
    parts = [TRIANGLE | {"group_id": 3}, SQUARE, TRIANGLE | {"points": [[1, 25], [9, 28], [3, 29]], "group_id": 3}]
    return write(folder, {
        "a.png": (30, 40, parts), "b.png": (30, 40, parts[::-1]), "c.png": (30, 40, [])},
        ["background", "cell", "nucleus"])


@case("labelme")
def every_shape(folder):
    pixels = np.zeros((6, 9), bool)
    pixels[1:5, 2:7] = True
    pixels[3, 4] = False
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "PNG")
    shapes = [
        {"label": "a", "points": [[5, 5], [9.4, 8]], "shape_type": "circle"},
        {"label": "b", "points": [[30, 20], [22.7, 11.2]], "shape_type": "rectangle"},
        {"label": "c", "points": [[20, 2], [28, 7]], "shape_type": "mask",
         "png": base64.b64encode(png.getvalue()).decode(), "mask": pixels},
        {"label": "a", "points": [[1, 1]], "shape_type": "point"},
        {"label": "a", "points": [[1, 1], [30, 20]], "shape_type": "line"},
        {"label": "d", "points": [[3, 15], [12, 15.5], [10, 27], [4, 22]], "shape_type": "oriented_rectangle"}]
    return write(
        folder, {"a.png": (30, 40, shapes), "b.png": (31, 41, shapes)}, ["background", "a", "b", "c", "d"],
        warned=["covers no area"])


@case("labelme")
def labels_file_with_ignored(folder):
    (folder / "labels.txt").write_text("__ignore__\n_background_\nnucleus\ncell\n")
    expected = Expected(classes=["background", "nucleus", "cell"])
    for name in ["a.png", "b.png"]:
        shapes = [TRIANGLE, SQUARE | {"label": "__ignore__"}, SQUARE | {"points": [[30, 1], [38, 1], [38, 9]]}]
        image(folder / name, 30, 40)
        label(folder, name, 30, 40, shapes)
        mask, _ = shapes_to_label((30, 40), shapes, {"nucleus": 1, "cell": 2, "__ignore__": 255})
        expected.masks[name] = mask
    return expected


@case("labelme")
def unicode_windows_paths_and_folders(folder):
    expected = Expected(classes=["background", "zellkörper"])
    for name, path in [("images/größe 1.jpg", "..\\images\\größe 1.jpg"), ("images/二/x.jpg", "..\\images\\二\\x.jpg")]:
        image(folder / name, 26, 34)
        shape = TRIANGLE | {"label": "zellkörper"}
        label(folder, "json/" + name.split("/")[-1], 26, 34, [shape], path)
        expected.masks[name] = truth(26, 34, [shape], expected.classes)[0]
    return expected


@case("labelme")
def embedded_image_data_is_skipped(folder):
    expected = Expected(classes=["background", "cell"])
    for name in ["a.png", "b.png"]:
        image(folder / name, 30, 40)
        data = base64.b64encode((folder / name).read_bytes()).decode()
        label(folder, name, 30, 40, [TRIANGLE], data=data)
        expected.masks[name] = truth(30, 40, [TRIANGLE], expected.classes)[0]
    return expected


@case("labelme")
def shown_turned(folder):
    expected = Expected(classes=["background", "cell"])
    for number, turn in enumerate([2, 3, 4, 5, 6, 7, 8]):
        height, width = (40, 30) if turn > 4 else (30, 40)
        image(folder / f"{number}.jpg", 30, 40, exif=turn)
        label(folder, f"{number}.jpg", height, width, [TRIANGLE])
        expected.masks[f"images/{number}.png"] = truth(height, width, [TRIANGLE], expected.classes)[0]
    return expected


@case("labelme")
def same_names_in_folders(folder):
    return write(folder, {
        "day/1.png": (30, 40, [TRIANGLE]), "night/1.png": (30, 40, [SQUARE]), "1.png": (30, 40, [])},
        ["background", "cell", "nucleus"])


@case("labelme")
def missing_images_and_strange_shapes(folder):
    image(folder / "b.png", 30, 40)
    label(folder, "a.png", 30, 40, [TRIANGLE])
    label(folder, "c.png", 30, 40, [TRIANGLE])
    label(folder, "b.png", 30, 40, [{"label": "x", "points": [[1, "a"]]}])
    return Expected(refused=["'a.png' is nowhere", "'c.png' is nowhere", "b.json:"])


@case("labelme")
def unknown_shapes(folder):
    image(folder / "a.png", 30, 40)
    image(folder / "b.png", 30, 40)
    label(folder, "a.png", 30, 40, [TRIANGLE | {"shape_type": "spline"}])
    label(folder, "b.png", 30, 40, [TRIANGLE])
    return Expected(refused=["a.json:", "unknown type 'spline'"])
