"""VOC, Cityscapes, CamVid and ADE20K, whose masks are used where they lie or drawn by cityscapesScripts."""

import json

import numpy as np
from cityscapesscripts.helpers.annotation import Annotation
from cityscapesscripts.preparation.json2instanceImg import createInstanceImage
from cityscapesscripts.preparation.json2labelImg import createLabelImage
from PIL import Image

from cases import Expected, case, dump, image, text


def palette():
    colors = np.zeros((256, 3), np.uint8)
    for number in range(256):
        bits = number
        for place in range(8):
            for channel in range(3):
                colors[number, channel] |= (bits >> channel & 1) << (7 - place)
            bits >>= 3
    return colors


def save(path, pixels, colors=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    raster = Image.fromarray(pixels.astype(np.uint8))
    if colors is not None:
        raster = Image.fromarray(pixels.astype(np.uint8), "P")
        raster.putpalette(colors.reshape(-1).tolist())
    raster.save(path)


def regions(values, height=30, width=40, seed=0):
    """A mask with every value in it."""
    random = np.random.default_rng(seed)
    return np.repeat(np.repeat(random.permutation(np.resize(values, 12)).reshape(3, 4), height // 3, 0), width // 4, 1)


VOC = ["background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
       "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor"]


def voc(folder, root, masks=lambda mask: (mask, palette()), names=None, objects=True):
    expected = Expected(classes=VOC)
    lists = {"train": ["2007_000032", "2007_000039", "2007_000040"], "val": ["2007_000033", "2007_000042"]}
    for part, stems in (names or lists).items():
        for number, stem in enumerate(stems):
            image(folder / root / f"JPEGImages/{stem}.jpg", 30, 40, number)
            mask = regions([0, 1, 15, 20, 255], seed=number)
            save(folder / root / f"SegmentationClass/{stem}.png", *masks(mask))
            key = f"{root}/JPEGImages/{stem}.jpg".lstrip("/")
            expected.masks[key] = f"{root}/SegmentationClass/{stem}.png".lstrip("/")
            expected.parts[key] = {"train": "train", "val": "validation"}.get(part, "train")
            if objects:
                save(folder / root / f"SegmentationObject/{stem}.png", mask % 4, palette())
                expected.instances[key] = f"{root}/SegmentationObject/{stem}.png".lstrip("/")
        text(folder / root / f"ImageSets/Segmentation/{part}.txt", "\n".join(stems) + "\n")
    return expected


@case("voc")
def devkit_with_trainval(folder):
    expected = voc(folder, "VOCdevkit/VOC2012")
    text(folder / "VOCdevkit/VOC2012/ImageSets/Segmentation/trainval.txt", "2007_000032 \r\n2007_000033\r\n")
    text(folder / "VOCdevkit/VOC2012/Annotations/2007_000032.xml", "<annotation/>")
    return expected


@case("voc")
def masks_of_colors(folder):
    def colored(mask):
        return (palette()[mask],)
    return voc(folder, "", colored, objects=False)


@case("voc")
def cvat_label_map(folder):
    return label_map(folder, exchanged=False)


@case("voc")
def red_and_blue_exchanged(folder):
    return label_map(folder, exchanged=True)


def label_map(folder, exchanged):
    colors = {"background": (0, 0, 0), "road surface": (128, 64, 128), "car": (0, 0, 142)}
    text(folder / "labelmap.txt", "# label:color_rgb:parts:actions\n" + "".join(
        f"{name}:{','.join(map(str, color))}::\n" for name, color in colors.items()))
    expected = Expected(classes=list(colors), warned=["red and blue"] if exchanged else [])
    for number in range(4):
        name = f"frame {number}"
        image(folder / f"JPEGImages/{name}.png", 30, 40, number)
        pixels = np.array(list(colors.values()), np.uint8)[regions([0, 1, 2], seed=number)]
        save(folder / f"SegmentationClass/{name}.png", pixels[:, :, ::-1] if exchanged else pixels)
        expected.masks[f"JPEGImages/{name}.png"] = f"SegmentationClass/{name}.png"
    text(folder / "ImageSets/Segmentation/default.txt", "".join(f"frame {n}\n" for n in range(4)))
    return expected


@case("voc")
def missing_masks_and_images(folder):
    voc(folder, "VOC2012")
    (folder / "VOC2012/SegmentationClass/2007_000039.png").unlink()
    (folder / "VOC2012/JPEGImages/2007_000042.jpg").unlink()
    return Expected(refused=["train.txt:2", "2007_000039 has no mask", "val.txt:2", "2007_000042 is not in"])


# MARK: Cityscapes


def scene(random, height=40, width=80):
    def polygon(x, y, w, h):
        return [[int(x + w * u), int(y + h * v)] for u, v in random.uniform(-0.2, 1.2, (7, 2))]
    labels = ["road", "sky", "car", "cargroup", "person", "car", "ego vehicle", "license plate", "building", "rider"]
    objects = [{"label": label, "polygon": polygon(*random.uniform(0, 40, 2), 40, 30)} for label in labels]
    objects.append({"label": "bus", "polygon": polygon(0, 0, 80, 40), "deleted": 1})
    objects.append({"label": "out of roi", "polygon": [[0, 38], [width - 1, 38], [width - 1, height - 1], [0, height - 1]]})
    return {"imgHeight": height, "imgWidth": width, "objects": objects}


def cityscapes(folder, kinds, coding="gtFine"):
    random = np.random.default_rng(5)
    expected = Expected()
    for part, there in [("train", "train"), ("val", "validation"), ("test", None)]:
        for number in range(3):
            # Real ones do not share names between parts; those that people make do.
            city = ["aachen", "ulm"][number % 2]
            stem = f"{city}_00000{number}_000019"
            name = f"leftImg8bit/{part}/{city}/{stem}_leftImg8bit.png"
            image(folder / name, 40, 80, (part, number))
            place = folder / f"{coding}/{part}/{city}/{stem}_{coding}"
            polygons = place.with_name(place.name + "_polygons.json")
            dump(polygons, scene(random))
            annotation = Annotation()
            annotation.fromJsonFile(str(polygons))
            drawn = {
                "labelIds.png": createLabelImage(annotation, "ids"),
                "labelTrainIds.png": createLabelImage(annotation, "trainIds"),
                "instanceIds.png": createInstanceImage(annotation, "ids")}
            for kind in kinds:
                # Newer versions of Pillow do not write what it holds in 32 bits as the 16 that it needs.
                drawn[kind] = drawn[kind].convert("I;16") if drawn[kind].mode == "I" else drawn[kind]
                drawn[kind].save(place.with_name(f"{place.name}_{kind}"))
            if there is None:
                continue
            expected.parts[name] = there
            if kinds:
                expected.masks[name] = f"{coding}/{part}/{city}/{stem}_{coding}_{kinds[0]}"
                if "instanceIds.png" in kinds:
                    expected.instances[name] = f"{coding}/{part}/{city}/{stem}_{coding}_instanceIds.png"
            else:
                expected.masks[name] = np.array(drawn["labelTrainIds.png"]).astype(int)
                expected.instances[name] = np.array(drawn["instanceIds.png"]).astype(int)
    return expected


@case("cityscapes")
def label_ids_as_they_are(folder):
    return cityscapes(folder, ["labelIds.png", "instanceIds.png"])


@case("cityscapes")
def ids_of_training(folder):
    return cityscapes(folder, ["labelTrainIds.png"])


@case("cityscapes")
def polygons_are_drawn(folder):
    return cityscapes(folder, [])


@case("cityscapes")
def coarse_polygons(folder):
    return cityscapes(folder, [], "gtCoarse")


@case("cityscapes")
def missing_truth_and_unknown_labels(folder):
    cityscapes(folder, [])
    next(folder.glob("gtFine/train/aachen/*000000_000019*.json")).unlink()
    next(folder.glob("leftImg8bit/val/ulm/*.png")).unlink()
    return Expected(refused=["aachen_000000_000019_gtFine_labelIds.png", "ulm_000001_000019_leftImg8bit.png is nowhere"])


@case("cityscapes")
def a_label_of_nobody(folder):
    cityscapes(folder, [])
    file = next(folder.glob("gtFine/train/aachen/*.json"))
    value = json.loads(file.read_text())
    value["objects"][0]["label"] = "unicorn"
    dump(file, value)
    return Expected(refused=["object 1 is of 'unicorn'"])


# MARK: CamVid

CAMVID = ["Sky", "Building", "Pole", "Road", "Pavement", "Tree", "SignSymbol", "Fence", "Car", "Pedestrian", "Bicyclist"]


@case("camvid")
def the_tutorial(folder):
    expected = Expected(classes=CAMVID)
    for part, there in [("train", "train"), ("val", "validation"), ("test", "test")]:
        for number in range(3):
            name = f"{part}/0001TP_{number:06}.png"
            image(folder / name, 30, 40, (part, number))
            save(folder / f"{part}annot/0001TP_{number:06}.png", regions(range(12), seed=number))
            expected.masks[name] = f"{part}annot/0001TP_{number:06}.png"
            expected.parts[name] = there
        text(folder / f"{part}.txt", "/SegNet/CamVid/train/x.png /SegNet/CamVid/trainannot/x.png\n")
    return expected


COLORS = {"Animal": (64, 128, 64), "Building": (128, 0, 0), "Car": (64, 0, 128), "Void": (0, 0, 0), "Sky": (128, 128, 128)}


def colored(folder, table, header, row, place, exchanged=False):
    text(folder / table, header + "".join(row(name, *color) for name, color in COLORS.items()))
    expected = Expected(classes=[name for name in COLORS if name != "Void"], warned=["red and blue"] if exchanged else [])
    for number in range(4):
        raster, mask = place(f"0006R0_f{number:05}")
        image(folder / raster, 30, 40, number)
        pixels = np.array(list(COLORS.values()), np.uint8)[regions(range(5), seed=number)]
        save(folder / mask, pixels[:, :, ::-1] if exchanged else pixels)
        expected.masks[raster] = mask
    return expected


@case("camvid")
def colors_of_the_database(folder):
    return colored(folder, "label_colors.txt", "", lambda n, r, g, b: f"{r} {g} {b}\t\t{n}\n",
                   lambda s: (f"701_StillsRaw_full/{s}.png", f"LabeledApproved_full/{s}_L.png"))


@case("camvid")
def exchanged_colors(folder):
    return colored(folder, "label_colors.txt", "", lambda n, r, g, b: f"{r} {g} {b}\t{n}\n",
                   lambda s: (f"images/{s}.png", f"labels/{s}_L.png"), exchanged=True)


@case("camvid")
def a_table_with_a_header(folder):
    expected = colored(folder, "class_dict.csv", "name,r,g,b\n", lambda n, r, g, b: f"{n},{r},{g},{b}\n",
                       lambda s: (f"train/{s}.png", f"train_labels/{s}_L.png"))
    expected.parts = {name: "train" for name in expected.masks}
    return expected


@case("camvid")
def missing_partners(folder):
    the_tutorial(folder)
    (folder / "train/0001TP_000001.png").unlink()
    (folder / "valannot/0001TP_000002.png").unlink()
    return Expected(refused=["trainannot/0001TP_000001.png", "val/0001TP_000002.png"])


# MARK: ADE20K


def ade20k(folder, root):
    text(folder / root / "objectInfo150.txt", "Idx\tRatio\tTrain\tVal\tName\n" + "".join(
        f"{i}\t0.1\t10\t1\tthing {i}, thing\n" for i in range(1, 151)))
    expected = Expected(classes=[f"thing {i}" for i in range(1, 151)])
    for part, there, count in [("training", "train", 3), ("validation", "validation", 2)]:
        for number in range(count):
            stem = f"ADE_{part[:3]}_{number:08}"
            image(folder / root / f"images/{part}/{stem}.jpg", 30, 40, number)
            save(folder / root / f"annotations/{part}/{stem}.png", regions([0, 1, 2, 150], seed=number))
            expected.masks[f"{root}/images/{part}/{stem}.jpg"] = f"{root}/annotations/{part}/{stem}.png"
            expected.parts[f"{root}/images/{part}/{stem}.jpg"] = there
    return expected


@case("ade20k")
def the_challenge(folder):
    return ade20k(folder, "ADEChallengeData2016")


@case("ade20k")
def the_challenge_in_a_folder_with_blanks(folder):
    return ade20k(folder, "scene parsing/ADEChallengeData2016")


@case("ade20k")
def missing_masks(folder):
    ade20k(folder, "ADE")
    (folder / "ADE/annotations/training/ADE_tra_00000001.png").unlink()
    (folder / "ADE/objectInfo150.txt").unlink()
    return Expected(refused=["ADE_tra_00000001.jpg: has no mask", "objectInfo150.txt"])


@case("ade20k")
def the_full_data_set(folder):
    save(folder / "images/ADE/training/urban/street/ADE_1_seg.png", regions([0, 1]))
    return Expected(refused=["is the full ADE20K", "ADEChallengeData2016.zip"])
