"""VIA, against OpenCV."""

import cv2
import numpy as np

from cases import Expected, case, dump, image


def region(kind, label, key="label", **shape):
    return {"shape_attributes": {"name": kind, **shape}, "region_attributes": {key: label} if label else {}}


def polygon(label, points, **more):
    return region("polygon", label, all_points_x=[p[0] for p in points], all_points_y=[p[1] for p in points], **more)


def draw(regions, height, width, classes):
    mask = np.zeros((height, width), np.uint8)
    for entry in regions:
        shape, label = entry["shape_attributes"], list(entry["region_attributes"].values() or ["object"])
        value = classes.index(label[0] if label else "object")
        if shape["name"] == "polygon":
            points = np.array(list(zip(shape["all_points_x"], shape["all_points_y"])))
            cv2.fillPoly(mask, [points.astype(np.int32)], value)
        elif shape["name"] == "rect":
            x, y = shape["x"], shape["y"]
            right, bottom = x + shape["width"], y + shape["height"]
            cv2.fillPoly(mask, [np.array([[x, y], [right, y], [right, bottom], [x, bottom]], np.int32)], value)
        elif shape["name"] == "circle":
            cv2.circle(mask, (int(shape["cx"]), int(shape["cy"])), int(shape["r"]), value, -1)
        elif shape["name"] == "ellipse":
            center, halves = (int(shape["cx"]), int(shape["cy"])), (int(shape["rx"]), int(shape["ry"]))
            cv2.ellipse(mask, center, halves, np.degrees(shape.get("theta", 0)), 0, 360, value, -1)
    return mask.astype(int)


SHAPES = [
    polygon("balloon", [[3, 3], [30, 8], [12, 25], [-4, 40]]),
    region("rect", "box", x=15, y=10, width=12, height=7),
    region("circle", "balloon", cx=33, cy=22, r=6),
    region("circle", "box", cx=2, cy=2, r=4),
    region("ellipse", "balloon", cx=25, cy=12, rx=9, ry=4, theta=0.4),
    region("ellipse", "box", cx=8.7, cy=22.2, rx=5.5, ry=2),
]
CLASSES = ["background", "balloon", "box"]


@case("via")
def annotations_of_version_two(folder):
    expected, entries = Expected(classes=CLASSES), {}
    for name in ["a.png", "ü b.png"]:
        image(folder / name, 30, 40)
        entries[name + "123"] = {"filename": name, "size": 123, "regions": SHAPES, "file_attributes": {}}
        expected.masks[name] = draw(SHAPES, 30, 40, CLASSES)
    dump(folder / "via_region_data.json", entries)
    return expected


@case("via")
def regions_of_version_one_by_part(folder):
    expected = Expected(classes=["background", "object"])
    for part, there in [("train", "train"), ("val", "validation")]:
        entries = {}
        for number in range(3):
            name = f"{part}{number}.jpg"
            image(folder / part / name, 30, 40, number)
            shapes = [polygon(None, [[3 + number, 3], [30, 8], [12, 25]])]
            entries[name] = {"fileref": "", "size": 1, "filename": name, "base64_img_data": "",
                             "file_attributes": {}, "regions": {str(i): s for i, s in enumerate(shapes)}}
            expected.masks[f"{part}/{name}"] = draw(shapes, 30, 40, expected.classes)
            expected.parts[f"{part}/{name}"] = there
        dump(folder / part / "via_region_data.json", entries)
    return expected


@case("via")
def a_project_with_several_attributes(folder):
    classes, entries = ["background", "car", "road"], {}
    expected = Expected(classes=classes, options=["--attribute", "what"], warned=["covers no area"], is_recognized=False)
    for name in ["a.png", "b.png"]:
        image(folder / name, 30, 40)
        shapes = [
            polygon("road", [[0, 20], [39, 20], [39, 29], [0, 29]], key="what"),
            polygon("car", [[10, 15], [20.7, 15], [20.2, 24], [10, 24]], key="what"),
            region("polyline", "car", "what", all_points_x=[1, 2], all_points_y=[1, 2])]
        for shape in shapes:
            shape["region_attributes"]["note"] = "seen"
        entries[name] = {"filename": name, "size": 1, "regions": shapes, "file_attributes": {}}
        drawn = [{**s, "region_attributes": {"what": s["region_attributes"]["what"]}} for s in shapes[:2]]
        expected.masks[name] = draw(drawn, 30, 40, classes)
    dump(folder / "project.json", {"_via_settings": {}, "_via_img_metadata": entries, "_via_attributes": {}})
    return expected


@case("via")
def attributes_that_leave_the_class_open(folder):
    image(folder / "a.png", 30, 40)
    shapes = [polygon("x", [[1, 1], [9, 1], [5, 9]], key="colour"), polygon("y", [[1, 1], [9, 1], [5, 9]], key="size")]
    dump(folder / "via.json", {"a": {"filename": "a.png", "size": 1, "regions": shapes}})
    return Expected(refused=["colour, size", "--attribute"])


@case("via")
def a_missing_image(folder):
    image(folder / "a.png", 30, 40)
    dump(folder / "via.json", {"a": {"filename": "a.png", "size": 1, "regions": []},
                               "b": {"filename": "b.png", "size": 1, "regions": []}})
    return Expected(refused=["image b.png is nowhere"])


def project(names, regions, **more):
    """A project of VIA 3: what each image has is (shape, class)."""
    metadata = {f"{view}_{number}": {"vid": str(view), "flg": 0, "z": [], "xy": xy, "av": {"1": option}}
                for view, shapes in enumerate(regions, 1) for number, (xy, option) in enumerate(shapes)}
    views = [str(view) for view in range(1, len(names) + 1)]
    return {
        "project": {"pid": "__VIA_PROJECT_ID__", "pname": "p", "vid_list": views},
        "config": {"file": {}}, "attribute": {"1": {
            "aname": "what", "anchor_id": "FILE1_Z0_XY1", "type": 4, "options": {"0": "balloon", "1": "box"}}},
        "file": {v: {"fid": v, "fname": name, "type": 2, "loc": 1, "src": ""} for v, name in zip(views, names)},
        "metadata": metadata, "view": {v: {"fid_list": [v]} for v in views}, **more}


@case("via")
def version_three(folder):
    expected = Expected(classes=CLASSES, warned=["covers no area"])
    names, regions = ["a.png", "ü b.png", "empty.png"], [[], [], []]
    for number, name in enumerate(names):
        image(folder / name, 30, 40, number)
        drawn = []
        if number < 2:
            drawn = [
                polygon("balloon", [[3, 3 + number], [30.5, 8], [12, 25]]), region("rect", "box", x=15, y=10, width=12, height=7),
                region("circle", "balloon", cx=33, cy=22, r=6.4), region("ellipse", "box", cx=10, cy=20, rx=8, ry=3)]
            for entry in drawn:
                shape, option = entry["shape_attributes"], "01"[entry["region_attributes"]["label"] == "box"]
                corners = [v for pair in zip(shape.get("all_points_x", []), shape.get("all_points_y", [])) for v in pair]
                kinds = {"polygon": 7, "rect": 2, "circle": 3, "ellipse": 4}
                places = corners or [shape[k] for k in ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry") if k in shape]
                regions[number].append(([kinds[shape["name"]], *places], option))
            regions[number] += [([1, 4, 4], "0"), ([6, 1, 1, 2, 2], "1"), ([], "0")]
        expected.masks[name] = draw(drawn, 30, 40, CLASSES)
    dump(folder / "project.json", project(names, regions))
    return expected


@case("via")
def a_video_of_version_three(folder):
    made = project(["clip.mp4"], [[([7, 1, 1, 9, 1, 5, 9], "0")]])
    made["file"]["1"]["type"] = 4
    dump(folder / "project.json", made)
    return Expected(refused=["clip.mp4 is no image", "save the frames"])
