"""What `experiments export-data` writes, read by pycocotools and Pillow."""

import json
import subprocess

import numpy as np
from PIL import Image
from pycocotools.coco import COCO

import coco


def imported(program, place):
    """A data set with holes, several classes and pixels that never count; its masks by their stems."""
    source = place / "source"
    source.mkdir()
    names = [f"{number}.png" for number in range(8)]
    expected = coco.export(source, {1: "cell", 2: "nucleus"}, names, seed=21, crowds=True)
    run(program, place, "import", "coco", "source", "-o", "data")
    return {name.split("/")[-1][:-4]: mask for name, mask in expected.masks.items()}


def run(program, place, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr


def to_coco(program, place):
    masks, seen = imported(program, place), 0
    run(program, place, "export-data", "data/data.yaml", "--to", "coco", "-o", "out")
    for part in ["train", "val"]:
        read = COCO(str(place / f"out/annotations/instances_{part}.json"))
        names = {c["id"]: c["name"] for c in read.loadCats(read.getCatIds())}
        assert names == {1: "cell", 2: "nucleus"}, names
        for entry in read.loadImgs(read.getImgIds()):
            assert (place / "out" / part / entry["file_name"]).exists()
            mask = np.zeros((entry["height"], entry["width"]), int)
            for annotation in read.loadAnns(read.getAnnIds(entry["id"])):
                pixels = read.annToMask(annotation) > 0
                assert pixels.sum() == annotation["area"]
                mask[pixels] = annotation["category_id"]
            truth = masks[entry["file_name"][:-4]]
            assert (mask == np.where(truth == 255, 0, truth)).all(), entry["file_name"]
            seen += 1
    assert seen == len(masks), seen


def to_nnunet(program, place):
    masks = imported(program, place)
    run(program, place, "export-data", "data/data.yaml", "--to", "nnunet", "-o", "out")
    description = json.loads((place / "out/dataset.json").read_text())
    assert description["labels"] == {"background": 0, "cell": 1, "nucleus": 2, "ignore": 3}, description
    assert description["numTraining"] == len(masks) and description["file_ending"] == ".png"
    split = json.loads((place / "out/splits_final.json").read_text())[0]
    assert sorted(split["train"] + split["val"]) == sorted(masks)
    for name, truth in masks.items():
        mask = np.array(Image.open(place / f"out/labelsTr/{name}.png"))
        assert (mask == np.where(truth == 255, 3, truth)).all(), name
        original = np.array(Image.open(place / f"source/images/{name}.png"))
        assert (np.array(Image.open(place / f"out/imagesTr/{name}_0000.png")) == original).all(), name


EXPORTS = {"export-data coco": to_coco, "export-data nnunet": to_nnunet}
