"""Decathlon and nnU-Net: the lists alone, since nothing is drawn. The volumes here are empty files."""

from cases import Expected, case, dump, image, text
from files_as_they_are import regions, save


@case("medical-decathlon")
def spleen(folder):
    expected, pairs = Expected(classes=["background", "spleen"], is_checked=False), []
    for case_ in ["spleen_2", "spleen_10"]:
        for kind in ["imagesTr", "labelsTr"]:
            text(folder / f"Task09_Spleen/{kind}/{case_}.nii.gz", "")
            text(folder / f"Task09_Spleen/{kind}/._{case_}.nii.gz", "")
        pairs.append({"image": f"./imagesTr/{case_}.nii.gz", "label": f"./labelsTr/{case_}.nii.gz"})
        expected.masks[f"Task09_Spleen/imagesTr/{case_}.nii.gz"] = f"Task09_Spleen/labelsTr/{case_}.nii.gz"
    dump(folder / "Task09_Spleen/dataset.json", {
        "name": "Spleen", "modality": {"0": "CT"}, "labels": {"0": "background", "1": "spleen"},
        "numTraining": 2, "training": pairs, "test": ["./imagesTs/spleen_1.nii.gz"]})
    return expected


@case("medical-decathlon")
def missing_volumes(folder):
    text(folder / "imagesTr/a.nii.gz", "")
    dump(folder / "dataset.json", {
        "modality": {"0": "CT"}, "labels": {"0": "background", "1": "x"},
        "training": [{"image": "./imagesTr/a.nii.gz", "label": "./labelsTr/a.nii.gz"},
                     {"image": "./imagesTr/b.nii.gz", "label": "./labelsTr/b.nii.gz"}]})
    return Expected(refused=["pair 1 of training: ./labelsTr/a.nii.gz", "pair 2 of training: ./imagesTr/b.nii.gz"])


def raw(folder, labels, ending=".nii.gz", channels=2, version=2, **more):
    expected = Expected(is_checked=False)
    for case_ in ["BRATS_001", "BRATS_002"]:
        names = [f"imagesTr/{case_}_{c:04}{ending}" for c in range(channels)]
        for name in names + [f"labelsTr/{case_}{ending}"]:
            text(folder / name, "")
        expected.masks[";".join(names)] = f"labelsTr/{case_}{ending}"
    names = {"channel_names" if version == 2 else "modality": {str(c): f"c{c}" for c in range(channels)}}
    dump(folder / "dataset.json", {**names, "labels": labels, "numTraining": 2, **more,
                                   **({"file_ending": ending} if version == 2 else {})})
    return expected


@case("nnunet")
def version_two(folder):
    expected = raw(folder, {"background": 0, "edema": 1, "core": 2, "ignore": 3})
    expected.classes = ["background", "edema", "core"]
    return expected


@case("nnunet")
def regions_that_hold_each_other(folder):
    expected = raw(folder, {"background": 0, "whole": [1, 2, 3], "core": [2, 3], "enhancing": [3]},
                   regions_class_order=[1, 2, 3])
    expected.classes, expected.warned = ["background", "whole", "core", "enhancing"], ["regions"]
    return expected


@case("nnunet")
def version_one(folder):
    expected = raw(folder, {"0": "background", "1": "liver"}, channels=1, version=1)
    expected.is_recognized = False
    return expected


@case("nnunet")
def images_of_colors(folder):
    expected = Expected(classes=["background", "road"])
    for number in range(4):
        image(folder / f"imagesTr/img{number}_0000.png", 30, 40, number)
        save(folder / f"labelsTr/img{number}.png", regions([0, 1], seed=number))
        expected.masks[f"imagesTr/img{number}_0000.png"] = f"labelsTr/img{number}.png"
    dump(folder / "dataset.json", {"channel_names": {"0": "R", "1": "G", "2": "B"}, "file_ending": ".png",
                                   "labels": {"background": 0, "road": 1}, "numTraining": 4})
    return expected


@case("nnunet")
def missing_channels(folder):
    raw(folder, {"background": 0, "x": 1})
    (folder / "imagesTr/BRATS_001_0001.nii.gz").unlink()
    (folder / "labelsTr/BRATS_002.nii.gz").unlink()
    return Expected(refused=["BRATS_001_0001.nii.gz is missing", "BRATS_002 has no labelsTr/BRATS_002.nii.gz"])
