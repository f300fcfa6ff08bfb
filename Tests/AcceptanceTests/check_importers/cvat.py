"""CVAT for images and for video 1.1, against pycocotools, with which CVAT fills polygons, and OpenCV."""

from xml.sax.saxutils import quoteattr

import cv2
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


def ellipse(cx, cy, rx, ry, rotation, height, width):
    """As CVAT's EllipsesToMasks does it."""
    mask = np.zeros((height, width), np.uint8)
    cv2.ellipse(mask, (round(cx), round(cy)), (round(rx), round(ry)), rotation, 0, 360, 255, thickness=-1)
    return mask > 0


def turned(left, top, right, bottom, degrees):
    """The corners of a box that is turned around its middle."""
    angle, x0, y0 = np.radians(degrees), (left + right) / 2, (top + bottom) / 2
    return [(x0 + np.cos(angle) * (x - x0) - np.sin(angle) * (y - y0),
             y0 + np.sin(angle) * (x - x0) + np.cos(angle) * (y - y0))
            for x, y in [(left, top), (right, top), (right, bottom), (left, bottom)]]


@case("cvat")
def ellipses_and_turned_boxes(folder):
    expected, images = Expected(classes=CLASSES), []
    random = np.random.default_rng(8)
    for number in range(12):
        height, width = 60, 80
        image(folder / f"images/{number}.png", height, width, number)
        mask, shapes = np.zeros((height, width), int), []
        for _ in range(3):
            cx, cy = random.uniform(20, 60), random.uniform(20, 40)
            rx, ry = random.uniform(0.5, 18), random.uniform(0.5, 18)
            rotation = float(random.choice([0, 12.5, 90, 217.6]))
            shapes.append(shape("ellipse", "road", cx=cx, cy=cy, rx=rx, ry=ry, rotation=rotation))
            mask[ellipse(cx, cy, rx, ry, rotation, height, width)] = 1
            box = [random.uniform(5, 20), random.uniform(5, 20), random.uniform(30, 60), random.uniform(25, 50)]
            shapes.append(shape("box", "car & van", xtl=box[0], ytl=box[1], xbr=box[2], ybr=box[3], rotation=rotation))
            mask[fill(turned(*box, rotation) if rotation else turned(*box, 0), height, width)] = 2
        images.append(entry(number, f"{number}.png", height, width, shapes))
        expected.masks[f"images/{number}.png"] = mask
    text(folder / "annotations.xml", document(images))
    return expected


def track(number, label, shapes):
    return f'<track id="{number}" label={quoteattr(label)} source="manual">\n' + "\n".join(shapes) + "\n</track>"


def placed(kind, frame, outside=0, z=0, **attributes):
    values = " ".join(f"{k}={quoteattr(str(v))}" for k, v in attributes.items())
    return f'<{kind} frame="{frame}" outside="{outside}" occluded="0" keyframe="1" {values} z_order="{z}"></{kind}>'


@case("cvat")
def tracks_of_a_video(folder):
    expected = Expected(classes=CLASSES)
    boxes = {2: (2, 3, 12, 11), 6: (20, 9, 34, 25)}
    for frame in range(10):
        name = f"images/frame_{frame:06}.PNG"
        image(folder / name, 30, 40, frame)
        mask = np.zeros((30, 40), int)
        if frame >= 1:
            mask[fill(ROAD if frame < 5 else CAR, 30, 40)] = 1
        if 2 <= frame < 9:
            part = min(1, (frame - 2) / 4)
            left, top, right, bottom = [a + (b - a) * part for a, b in zip(boxes[2], boxes[6])]
            mask[fill([(left, top), (right, top), (right, bottom), (left, bottom)], 30, 40)] = 2
        if 3 <= frame <= 5:
            part = (frame - 3) / 2
            mask[ellipse(8 + 4 * part, 20, 4 + 2 * part, 3, 20 * part, 30, 40)] = 1
        expected.masks[name] = mask
    box = [placed("box", f, 0, 1, xtl=b[0], ytl=b[1], xbr=b[2], ybr=b[3]) for f, b in boxes.items()]
    box.append(placed("box", 9, 1, 1, xtl=20, ytl=9, xbr=34, ybr=25))
    roads = [placed("polygon", f, points=";".join(f"{x},{y}" for x, y in (ROAD if f < 5 else CAR))) for f in range(1, 10)]
    ellipses = [placed("ellipse", 3, 0, 2, cx=8, cy=20, rx=4, ry=3),
                placed("ellipse", 5, 0, 2, cx=12, cy=20, rx=6, ry=3, rotation=20),
                placed("ellipse", 6, 1, 2, cx=12, cy=20, rx=6, ry=3, rotation=20)]
    text(folder / "annotations.xml", document(
        [track(0, "road", roads), track(1, "car & van", box), track(2, "road", ellipses)]))
    return expected


@case("cvat")
def a_polygon_between_two_frames(folder):
    for frame in range(4):
        image(folder / f"images/frame_{frame:06}.png", 30, 40, frame)
    text(folder / "annotations.xml", document([track(0, "road", [
        placed("polygon", 0, points="1,1;20,2;3,19"), placed("polygon", 3, points="2,2;21,3;4,20")])]))
    return Expected(refused=["annotations.xml:", "next said in frame 3", "CVAT for images 1.1"])


@case("cvat")
def a_video_without_its_images(folder):
    text(folder / "annotations.xml", document([track(0, "road", [placed("polygon", 0, points="1,1;20,2;3,19")])]))
    return Expected(refused=["CVAT for video", "export the task with its images"])


@case("cvat")
def missing_images(folder):
    image(folder / "images/b.png", 30, 40)
    text(folder / "annotations.xml", document([
        entry(0, "a.png", 30, 40, []), entry(1, "b.png", 30, 40, []), entry(2, "c.png", 30, 40, [])]))
    return Expected(refused=["image a.png is nowhere", "image c.png is nowhere"])


@case("cvat")
def a_cuboid(folder):
    image(folder / "images/b.png", 30, 40)
    text(folder / "annotations.xml", document([
        entry(1, "b.png", 30, 40, [shape("cuboid", "road", xtl1=9, ytl1=9)])]))
    return Expected(refused=["annotations.xml:", "Segmentation mask 1.1"])
