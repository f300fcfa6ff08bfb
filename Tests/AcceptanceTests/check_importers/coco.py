"""COCO, against pycocotools."""

import numpy as np
from pycocotools import mask as tool

from cases import Expected, case, dump, image, text


def draw(annotations, height, width, classes, ignored=255):
    """Masks and numbers of objects: crowds first, then in the order of the file."""
    mask, numbers = np.zeros((height, width), int), np.zeros((height, width), int)
    count = 0
    for crowd in [1, 0]:
        for annotation in annotations:
            if annotation.get("iscrowd", 0) != crowd:
                continue
            shape = annotation["segmentation"]
            if isinstance(shape, list):
                shape = [polygon for polygon in shape if len(polygon) >= 6]
                if not shape:
                    continue
                rle = tool.merge(tool.frPyObjects(shape, height, width))
            elif isinstance(shape["counts"], list):
                rle = tool.frPyObjects(shape, height, width)
            else:
                rle = shape
            pixels = tool.decode(rle) > 0
            if not pixels.any():
                continue
            if crowd:
                mask[pixels], numbers[pixels] = ignored, 0
            else:
                count += 1
                mask[pixels], numbers[pixels] = classes[annotation["category_id"]], count
    return mask, numbers


def compressed(pixels):
    rle = tool.encode(np.asfortranarray(pixels.astype(np.uint8)))
    return {"size": list(rle["size"]), "counts": rle["counts"].decode()}


def uncompressed(pixels):
    flat = pixels.T.reshape(-1).astype(bool)
    counts, value, run = [], False, 0
    for pixel in flat:
        if pixel != value:
            counts.append(run)
            value, run = pixel, 0
        run += 1
    return {"size": list(pixels.shape), "counts": counts + [run]}


def disc(height, width, x, y, radius):
    rows, columns = np.mgrid[:height, :width]
    return (rows - y) ** 2 + (columns - x) ** 2 <= radius ** 2


def star(random, height, width, corners):
    angles = np.sort(random.uniform(0, 2 * np.pi, corners))
    radii = random.uniform(0.1, 0.6, corners) * min(height, width)
    x, y = random.uniform(0, width), random.uniform(0, height)
    points = np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], 1)
    return [round(float(v), 2) for v in points.reshape(-1)]


def export(folder, categories, images, file="instances_default.json", where="images", seed=0, crowds=False):
    """A random export; `categories` by their ids."""
    random = np.random.default_rng(seed)
    classes = {id: index + 1 for index, id in enumerate(sorted(categories))}
    records, annotations, expected = [], [], Expected(classes=["background"] + [categories[i] for i in sorted(categories)])
    for number, name in enumerate(images):
        height, width = int(random.integers(20, 60)), int(random.integers(20, 60))
        image(folder / where / name, height, width, number)
        records.append({"id": number + 1, "file_name": name, "height": height, "width": width})
        own = []
        for kind in range(5):
            shape = [star(random, height, width, int(random.integers(3, 12)))]
            if kind == 1:
                shape.append(star(random, height, width, 5))
            if kind == 2:
                shape = compressed(disc(height, width, random.uniform(0, width), random.uniform(0, height), 9))
            if kind == 3:
                hole = disc(height, width, width / 2, height / 2, 8) & ~disc(height, width, width / 2, height / 2, 4)
                shape = uncompressed(hole)
            own.append({
                "id": len(annotations) + len(own) + 1, "image_id": number + 1,
                "category_id": int(random.choice(list(categories))), "segmentation": shape,
                "iscrowd": int(crowds and kind == 3), "bbox": [0, 0, 1, 1], "area": 1})
        annotations += own
        mask, numbers = draw(own, height, width, classes)
        key = f"{where}/{name}" if where else name
        expected.masks[key], expected.instances[key] = mask, numbers
    dump(folder / file, {
        "info": {"year": 2024}, "licenses": [], "images": records, "annotations": annotations,
        "categories": [{"id": i, "name": n, "supercategory": ""} for i, n in categories.items()]})
    return expected


@case("coco")
def ids_from_one(folder):
    return export(folder, {1: "cell", 2: "nucleus"}, [f"{i}.png" for i in range(6)], seed=1)


@case("coco")
def ids_from_zero(folder):
    return export(folder, {0: "cell", 1: "nucleus"}, [f"{i}.jpg" for i in range(6)], seed=2)


@case("coco")
def ids_with_gaps_and_out_of_order(folder):
    return export(folder, {90: "tooth", 7: "bone", 18: "skin"}, [f"{i}.png" for i in range(6)], seed=3)


@case("coco")
def crowds_are_ignored(folder):
    return export(folder, {1: "person"}, [f"{i}.png" for i in range(6)], seed=4, crowds=True)


@case("coco")
def unicode_blanks_and_folders(folder):
    names = ["a b.png", "zoë/größe 1.png", "細胞/一.png", "x;y.png", "#1.png", "zoë/a b.png"]
    return export(folder, {1: "cell, red", 2: "名前"}, names, seed=5)


@case("coco")
def as_the_data_set_itself_is_laid_out(folder):
    expected = Expected()
    for part, year in [("train", 6), ("val", 7)]:
        found = export(
            folder, {1: "person", 3: "car"}, [f"{part}{i:012}.jpg" for i in range(4)],
            f"annotations/instances_{part}2017.json", f"{part}2017", year)
        expected.masks |= found.masks
        expected.parts |= {name: {"train": "train", "val": "validation"}[part] for name in found.masks}
        expected.classes = found.classes
    # Files of the other tasks of the data set.
    dump(folder / "annotations/captions_val2017.json", {"images": [], "annotations": [], "categories": []})
    return expected


@case("coco")
def roboflow_with_a_category_for_all(folder):
    expected = Expected(classes=["background", "crack", "dent"], warned=["category 0, 'damage'"])
    for part, there in [("train", "train"), ("valid", "validation"), ("test", "test")]:
        random = np.random.default_rng(8)
        records, annotations = [], []
        for number in range(3):
            name = f"{part}_{number}.jpg"
            image(folder / part / name, 30, 40, number)
            records.append({"id": number, "file_name": name, "height": 30, "width": 40})
            own = [{"id": number, "image_id": number, "category_id": 1 + number % 2, "iscrowd": 0,
                    "segmentation": [star(random, 30, 40, 7)]}]
            annotations += own
            expected.masks[f"{part}/{name}"] = draw(own, 30, 40, {1: 1, 2: 2})[0]
            expected.parts[f"{part}/{name}"] = there
        dump(folder / part / "_annotations.coco.json", {
            "images": records, "annotations": annotations,
            "categories": [{"id": 0, "name": "damage", "supercategory": "none"},
                           {"id": 1, "name": "crack", "supercategory": "damage"},
                           {"id": 2, "name": "dent", "supercategory": "damage"}]})
    return expected


@case("coco")
def annotations_before_images_and_text_ids(folder):
    image(folder / "a.png", 20, 30)
    image(folder / "b.png", 20, 30)
    polygon = [3, 3, 25.5, 4, 20, 17]
    dump(folder / "result.json", {
        "annotations": [{"id": 1, "image_id": "b", "category_id": 4, "segmentation": [polygon]}],
        "categories": [{"id": 4, "name": "cell"}],
        "images": [{"id": "a", "file_name": "a.png"}, {"id": "b", "file_name": "images\\b.png"}]}, indent=1)
    mask = draw([{"segmentation": [polygon], "category_id": 4}], 20, 30, {4: 1})[0]
    return Expected(masks={"a.png": np.zeros((20, 30), int), "b.png": mask})


@case("coco")
def corners_outside_and_boxes_alone(folder):
    image(folder / "a.png", 25, 35)
    image(folder / "b.png", 25, 35)
    shapes = [[-10, -5.5, 50, 8, 20, 60], [5, 5, 9, 9], []]
    annotations = [
        {"id": i, "image_id": 1, "category_id": 1, "segmentation": [s] if s else [], "bbox": [1, 1, 5, 5]}
        for i, s in enumerate(shapes)]
    dump(folder / "instances.json", {
        "images": [{"id": 1, "file_name": "a.png", "height": 25, "width": 35},
                   {"id": 2, "file_name": "b.png", "height": 25, "width": 35}],
        "annotations": annotations, "categories": [{"id": 1, "name": "cell"}]})
    return Expected(
        masks={"a.png": draw(annotations, 25, 35, {1: 1})[0], "b.png": np.zeros((25, 35), int)},
        warned=["box alone", "fewer than three corners"])


@case("coco")
def images_that_are_shown_turned(folder):
    """A telephone's JPEGs: one annotated as shown, one as stored."""
    image(folder / "shown.jpg", 20, 32, exif=6)
    image(folder / "stored.jpg", 20, 32, exif=8)
    polygon = [2, 2, 15, 3, 12, 18]
    annotations = [{"id": i, "image_id": i, "category_id": 1, "segmentation": [polygon]} for i in [1, 2]]
    dump(folder / "instances.json", {
        "images": [{"id": 1, "file_name": "shown.jpg", "height": 32, "width": 20},
                   {"id": 2, "file_name": "stored.jpg", "height": 20, "width": 32}],
        "annotations": annotations, "categories": [{"id": 1, "name": "cell"}]})
    return Expected(masks={
        "images/shown.png": draw(annotations[:1], 32, 20, {1: 1})[0],
        "images/stored.png": draw(annotations[1:], 20, 32, {1: 1})[0]})


@case("coco")
def names_that_several_images_bear(folder):
    for part in ["day", "night"]:
        image(folder / part / "1.png", 20, 20, part)
    polygons = {"day": [1, 1, 15, 2, 9, 17], "night": [5, 1, 19, 9, 3, 12]}
    annotations = [{"id": i, "image_id": i, "category_id": 1, "segmentation": [polygons[p]]}
                   for i, p in enumerate(polygons)]
    dump(folder / "instances.json", {
        "images": [{"id": i, "file_name": f"{p}/1.png"} for i, p in enumerate(polygons)],
        "annotations": annotations, "categories": [{"id": 1, "name": "cell"}]})
    return Expected(masks={
        f"{p}/1.png": draw([annotations[i]], 20, 20, {1: 1})[0] for i, p in enumerate(polygons)})


@case("coco")
def missing_images_are_all_named(folder):
    export(folder, {1: "cell"}, ["a.png", "b.png", "c.png"])
    (folder / "images/a.png").unlink()
    (folder / "images/c.png").unlink()
    return Expected(refused=["image a.png is nowhere", "image c.png is nowhere"])


@case("coco")
def numbers_that_are_none(folder):
    image(folder / "a.png", 20, 20)
    text(folder / "instances.json", '{"images": [{"id": 1, "file_name": "a.png"}],\n"annotations": [\n'
         '{"id": 1, "image_id": 1, "category_id": 1,\n "segmentation": [[NaN, 3, 10, 10, 3, 12]]}],\n'
         '"categories": [{"id": 1, "name": "x"}]}')
    return Expected(refused=["instances.json:", "corner 1", "no place in an image"])


@case("coco")
def run_lengths_of_another_size(folder):
    image(folder / "a.png", 20, 20)
    dump(folder / "instances.json", {
        "images": [{"id": 1, "file_name": "a.png", "height": 20, "width": 20}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "segmentation": {"size": [10, 10], "counts": [40, 60]}},
            {"id": 2, "image_id": 1, "category_id": 1, "segmentation": {"size": [20, 20], "counts": [40, 60]}}],
        "categories": [{"id": 1, "name": "x"}]})
    return Expected(refused=["run lengths are of 10×10", "of 100 pixels, and a mask of 20×20 has 400"])


@case("coco")
def another_size_than_the_image(folder):
    export(folder, {1: "cell"}, ["a.png", "b.png"], seed=3)
    image(folder / "images/b.png", 99, 98)
    return Expected(refused=["b.png is of 99×98, but it says"])


@case("coco")
def cut_short(folder):
    export(folder, {1: "cell"}, ["a.png", "b.png"])
    file = folder / "instances_default.json"
    content = file.read_text()
    text(file, content[: content.index('"annotations"') + 200])
    return Expected(refused=["instances_default.json:1", "cut short"])


@case("coco")
def boxes_alone(folder):
    image(folder / "a.png", 20, 20)
    dump(folder / "instances.json", {
        "images": [{"id": 1, "file_name": "a.png"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 3, 3]}],
        "categories": [{"id": 1, "name": "x"}]})
    return Expected(refused=["boxes alone"])
