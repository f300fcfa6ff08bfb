"""CVAT for images 1.1, against pycocotools, with which CVAT and Datumaro fill polygons."""

from xml.sax.saxutils import quoteattr

import numpy as np
from pycocotools import mask as tool

from cases import Expected, case, image, text

META = """<meta><task><id>1</id><labels>
<label><name>road</name><color>#804080</color><type>any</type><attributes></attributes></label>
<label><name>car &amp; van</name><color>#00008e</color><type>any</type><attributes></attributes></label>
</labels></task></meta>"""
CLASSES = ["background", "road", "car & van"]


def shape(kind, label, z=0, **attributes):
    values = " ".join(f"{k}={quoteattr(str(v))}" for k, v in attributes.items())
    return f'<{kind} label={quoteattr(label)} source="manual" occluded="0" {values} z_order="{z}"></{kind}>'


def polygon(label, points, z=0, **more):
    return shape("polygon", label, z, points=";".join(f"{x:.2f},{y:.2f}" for x, y in points), **more)


def fill(points, height, width):
    return tool.decode(tool.merge(tool.frPyObjects([[v for p in points for v in p]], height, width))) > 0


def document(images, meta=META):
    return f'<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n{meta}\n' + "\n".join(
        images) + "\n</annotations>\n"


def entry(number, name, height, width, shapes, **more):
    extra = "".join(f" {k}={quoteattr(v)}" for k, v in more.items())
    return f'<image id="{number}" name={quoteattr(name)} width="{width}" height="{height}"{extra}>\n' + "\n".join(
        shapes) + "\n</image>"


ROAD = [(0, 18.5), (39.2, 12.31), (45, 33), (-3, 28)]
CAR = [(8.1, 9), (22.75, 9.5), (20, 24.99), (7, 22)]


@case("cvat")
def painting_by_z_order(folder):
    expected, images = Expected(classes=CLASSES), []
    for number, name in enumerate(["a.png", "sub/größe 2.png"]):
        image(folder / "images" / name, 30, 40, number)
        shapes = [polygon("car & van", CAR, 5), polygon("road", ROAD, 1), polygon("road", [(1, 1), (9, 2), (4, 8)], 7)]
        images.append(entry(number, name, 30, 40, shapes))
        mask, numbers = np.zeros((30, 40), int), np.zeros((30, 40), int)
        for count, (value, points) in enumerate([(1, ROAD), (2, CAR), (1, [(1, 1), (9, 2), (4, 8)])]):
            pixels = fill(points, 30, 40)
            mask[pixels], numbers[pixels] = value, count + 1
        expected.masks[f"images/{name}"], expected.instances[f"images/{name}"] = mask, numbers
    text(folder / "annotations.xml", document(images))
    return expected


@case("cvat")
def boxes_masks_lines_and_tags(folder):
    expected, images = Expected(classes=CLASSES, warned=["covers no area"]), []
    random = np.random.default_rng(4)
    for number in range(3):
        image(folder / "images" / f"{number}.png", 30, 40, number)
        pixels = random.integers(0, 2, (7, 11)) > 0
        flat, counts, value = pixels.reshape(-1), [0], False
        for pixel in flat:
            if pixel != value:
                counts.append(0)
                value = pixel
            counts[-1] += 1
        shapes = [
            shape("box", "road", xtl="3.2", ytl="4.9", xbr="20.5", ybr="16.1"),
            shape("mask", "car & van", rle=", ".join(map(str, counts)), left=25, top=12, width=11, height=7),
            shape("polyline", "road", points="1,1;2,2"), '<tag label="road" source="manual"></tag>']
        images.append(entry(number, f"{number}.png", 30, 40, shapes))
        mask = np.zeros((30, 40), int)
        mask[fill([(3.2, 4.9), (20.5, 4.9), (20.5, 16.1), (3.2, 16.1)], 30, 40)] = 1
        mask[12:19, 25:36][pixels] = 2
        expected.masks[f"images/{number}.png"] = mask
    text(folder / "annotations.xml", document(images))
    return expected


@case("cvat")
def subsets_of_a_project(folder):
    expected, images = Expected(classes=CLASSES), []
    for number, (subset, part) in enumerate([("Train", "train"), ("Validation", "validation"), ("Test", "test")] * 2):
        name = f"{number}.jpg"
        image(folder / "images" / subset / name, 30, 40, number)
        images.append(entry(number, name, 30, 40, [polygon("road", ROAD)], subset=subset, task_id="1"))
        expected.masks[f"images/{subset}/{name}"] = fill(ROAD, 30, 40).astype(int)
        expected.parts[f"images/{subset}/{name}"] = part
    text(folder / "annotations.xml", document(images, META.replace("task>", "project>")))
    return expected


@case("cvat")
def objects_of_a_group(folder):
    expected, images = Expected(classes=CLASSES), []
    for number in range(2):
        image(folder / f"{number}.png", 30, 40, number)
        parts = [[(1, 1), (9, 1), (5, 9)], [(20, 20), (30, 21), (25, 28)]]
        images.append(entry(number, f"{number}.png", 30, 40, [
            polygon("road", parts[0], group_id="4"), polygon("road", parts[1], group_id="4")]))
        pixels = fill(parts[0], 30, 40) | fill(parts[1], 30, 40)
        expected.masks[f"{number}.png"] = expected.instances[f"{number}.png"] = pixels.astype(int)
    text(folder / "annotations.xml", document(images))
    return expected


@case("cvat")
def entities_that_explode(folder):
    text(folder / "annotations.xml", '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
         + document([entry(0, "a.png", 30, 40, [])])[39:])
    return Expected(refused=["annotations.xml:2", "DOCTYPE"])


@case("cvat")
def a_video(folder):
    text(folder / "annotations.xml", document(['<track id="0" label="road"><polygon frame="0" points="1,1;2,2;3,1"/></track>']))
    return Expected(refused=["CVAT for video", "CVAT for images 1.1"])


@case("cvat")
def missing_images_and_turned_boxes(folder):
    image(folder / "images/b.png", 30, 40)
    box = shape("box", "road", xtl=1, ytl=1, xbr=9, ybr=9, rotation="30")
    text(folder / "annotations.xml", document([
        entry(0, "a.png", 30, 40, []), entry(1, "b.png", 30, 40, [box]), entry(2, "c.png", 30, 40, [])]))
    return Expected(refused=["image a.png is nowhere", "image c.png is nowhere"])


@case("cvat")
def an_ellipse(folder):
    image(folder / "images/b.png", 30, 40)
    text(folder / "annotations.xml", document([
        entry(1, "b.png", 30, 40, [shape("ellipse", "road", cx=9, cy=9, rx=3, ry=4)])]))
    return Expected(refused=["annotations.xml:", "Segmentation mask 1.1"])
