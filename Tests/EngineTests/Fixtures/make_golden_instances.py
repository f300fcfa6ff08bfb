"""Writes golden-instances.json: values of made objects by pycocotools and by their definitions, a watershed
by scikit-image, distances by SciPy, and boundaries by scikit-image.

    python make_golden_instances.py        (numpy, scipy, scikit-image, pycocotools)
"""

import contextlib
import io
import json
import pathlib

import numpy as np
import pycocotools.mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy.ndimage import distance_transform_edt
from skimage.segmentation import find_boundaries, watershed

FOLDER = pathlib.Path(__file__).parent
CLASSES = 3  # 0 is the background
SIZE = (190, 220)
IGNORED = 65535
CERTAIN = 65533
random = np.random.default_rng(7)


def draw(rectangles):
    """[H, W] of classes, ids and scores; later rectangles lie over earlier ones."""
    planes = np.zeros((3, *SIZE), int)
    for number, (top, left, height, width, kind, score) in enumerate(rectangles, 1):
        place = np.s_[top : top + height, left : left + width]
        planes[0][place], planes[1][place], planes[2][place] = kind, number, score
    return planes


def image(number):
    """Rectangles of an image: true ones, predicted ones that are off, and what is ignored."""
    true, predicted = [], []
    for index in range(14):
        side = 150 if index == 0 and number % 2 == 0 else 44 if index < 4 else 14
        height, width = (int(random.integers(side * 3 // 4, side + 1)) for _ in range(2))
        top, left = int(random.integers(0, SIZE[0] - 8)), int(random.integers(0, SIZE[1] - 8))
        if side == 150:
            top, left = 25, 35
        kind = int(random.integers(1, CLASSES))
        true.append([top, left, height, width, kind, 0])
        if index % 6 == 5:
            continue
        shift = [int(random.integers(-3, 4)) for _ in range(4)]
        guessed = 3 - kind if index % 5 == 4 else kind
        score = int(random.integers(0, 12)) * 5000  # some are equal
        predicted.append(
            [max(0, top + shift[0]), max(0, left + shift[1]), max(2, height + shift[2]),
             max(2, width + shift[3]), guessed, score]
        )
    for _ in range(2):
        predicted.append(
            [int(random.integers(0, 120)), int(random.integers(0, 150)), 12, 12, 1, 30000]
        )
    ignored = [100, 20, 40, 35] if number == 1 else None
    return {"truth": true, "prediction": predicted, "ignored": ignored}


def planes_of(entry):
    truth, prediction = draw(entry["truth"]), draw(entry["prediction"])
    if entry["ignored"]:
        top, left, height, width = entry["ignored"]
        truth[:2, top : top + height, left : left + width] = IGNORED
    return truth, prediction


def objects(planes):
    """Objects in the order of their first pixels: mask, class, score."""
    ids = planes[1].ravel()
    found = list(dict.fromkeys(i for i in ids.tolist() if i not in (0, IGNORED)))
    result = []
    for number in found:
        mask = planes[1] == number
        first = np.flatnonzero(mask)[0]
        result.append((mask, int(planes[0].ravel()[first]), planes[2].ravel()[first] / CERTAIN))
    return result


def coco(images, most):
    data = {"images": [], "annotations": [], "categories": [{"id": k} for k in range(1, CLASSES)]}
    results = []

    def encoded(mask):
        return pycocotools.mask.encode(np.asfortranarray(mask.astype(np.uint8)))

    def annotate(mask, number, kind, crowd):
        code = encoded(mask)
        data["annotations"].append(
            {"id": len(data["annotations"]) + 1, "image_id": number, "category_id": kind,
             "iscrowd": crowd, "area": int(mask.sum()), "segmentation": code,
             "bbox": [0, 0, 1, 1]}
        )

    for number, (truth, prediction) in enumerate(images, 1):
        data["images"].append({"id": number, "height": SIZE[0], "width": SIZE[1]})
        for mask, kind, _ in objects(truth):
            annotate(mask, number, kind, 0)
        if (truth[1] == IGNORED).any():
            for kind in range(1, CLASSES):
                annotate(truth[1] == IGNORED, number, kind, 1)
        for mask, kind, score in objects(prediction):
            results.append(
                {"image_id": number, "category_id": kind, "segmentation": encoded(mask),
                 "score": score}
            )
    with contextlib.redirect_stdout(io.StringIO()):
        truths = COCO()
        truths.dataset = data
        truths.createIndex()
        evaluation = COCOeval(truths, truths.loadRes(results), "segm")
        evaluation.params.maxDets = [1, 2, most]
        evaluation.evaluate()
        evaluation.accumulate()
    # [T, R, K, A, M] and [T, K, A, M]
    precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]

    def mean(values):
        values = values[values > -1]
        return float(values.mean()) if values.size else None

    def areas(a):
        return mean(precision[:, :, :, a, 2])

    return {
        "coco_ap": areas(0),
        "coco_ap50": mean(precision[0, :, :, 0, 2]),
        "coco_ap75": mean(precision[5, :, :, 0, 2]),
        "coco_ap_small": areas(1),
        "coco_ap_medium": areas(2),
        "coco_ap_large": areas(3),
        "coco_ar": mean(recall[:, :, 0, 2]),
    }


def measured(truth, prediction):
    """True and predicted objects without what is ignored, and their IoU where the class is the same."""
    known = truth[1] != IGNORED
    true = objects(truth)
    predicted = [
        (mask & known, kind, score, 2 * (mask & ~known).sum() > mask.sum())
        for mask, kind, score in objects(prediction)
    ]
    iou = np.zeros((len(predicted), len(true)))
    shared = np.zeros_like(iou)
    for p, (mask, kind, _, _) in enumerate(predicted):
        for t, (other, own, _) in enumerate(true):
            if kind == own:
                shared[p, t] = (mask & other).sum()
                iou[p, t] = shared[p, t] / (mask | other).sum()
    return true, predicted, iou, shared


def counts(images, threshold, kind=None):
    hits = misses = inventions = total = 0
    for truth, prediction in images:
        true, predicted, iou, _ = measured(truth, prediction)
        pairs = iou > threshold
        for t, (_, own, _) in enumerate(true):
            if kind in (None, own):
                hits += pairs[:, t].any()
                misses += not pairs[:, t].any()
                total += iou[:, t][pairs[:, t]].sum()
        for p, (_, own, _, ignored) in enumerate(predicted):
            inventions += kind in (None, own) and not pairs[p].any() and not ignored
    return int(hits), int(misses), int(inventions), float(total)


def aggregated_jaccard(truth, prediction):
    true, predicted, iou, shared = measured(truth, prediction)
    intersections = unions = 0
    used = set()
    for t, (mask, _, _) in enumerate(true):
        best = int(iou[:, t].argmax())
        if iou[best, t] > 0:
            used.add(best)
            intersections += shared[best, t]
            unions += (mask | predicted[best][0]).sum()
        else:
            unions += mask.sum()
    for p, (mask, _, _, ignored) in enumerate(predicted):
        if p not in used and not ignored:
            unions += mask.sum()
    return float(intersections / unions)


def others(images):
    kinds = range(1, CLASSES)

    def mean(value):
        return float(np.mean([value(*counts(images, 0.5, kind)) for kind in kinds]))

    def score(pair):
        values = []
        for step in range(10):
            hits, misses, inventions, _ = counts([pair], 0.5 + step * 0.05)
            values.append(hits / (hits + misses + inventions))
        return float(np.mean(values))

    seg = []
    for kind in kinds:
        values = []
        for pair in images:
            true, _, iou, shared = measured(*pair)
            for t, (mask, own, _) in enumerate(true):
                if own == kind:
                    covers = 2 * shared[:, t] > mask.sum()
                    values.append(iou[:, t][covers].sum())
        seg.append(np.mean(values))
    return {
        "instance_f1": mean(lambda h, m, i, _: 2 * h / (2 * h + m + i)),
        "dsb_score": float(np.mean([score(pair) for pair in images])),
        "panoptic_quality": mean(lambda h, m, i, s: s / (h + m / 2 + i / 2)),
        "segmentation_quality": mean(lambda h, m, i, s: s / h),
        "recognition_quality": mean(lambda h, m, i, s: h / (h + m / 2 + i / 2)),
        "aggregated_jaccard": float(np.mean([aggregated_jaccard(*pair) for pair in images])),
        "seg": float(np.mean(seg)),
    }


def flooding():
    height, width = 19, 27
    heights = random.permutation(height * width).reshape(height, width) / 512
    mask = random.random((height, width)) < 0.85
    seeds = np.zeros((height, width), int)
    for number, (row, column) in enumerate([(2, 3), (9, 20), (15, 6), (4, 22), (17, 25)], 1):
        seeds[row : row + 2, column : column + 2] = number
    return {
        "height": height, "width": width, "heights": heights.ravel().tolist(),
        "mask": mask.astype(int).ravel().tolist(), "seeds": seeds.ravel().tolist(),
        "basins": watershed(heights, seeds, mask=mask).ravel().tolist(),
    }


def targets():
    height, width = 17, 23
    ids = np.zeros((height, width), int)
    ids[2:11, 1:9] = 3
    ids[4:14, 9:17] = 7  # touches the first
    ids[0:4, 18:23] = 2  # leaves the image
    ids[9:12, 3:6] = 9  # lies over the first
    y, x = np.mgrid[:height, :width]
    ids[(y - 13) ** 2 + (x - 19) ** 2 < 12] = 12
    distances = np.zeros((height, width))
    for number in (2, 3, 7, 9, 12):
        inside = ids == number
        distances[inside] = distance_transform_edt(inside)[inside]
    boundary = find_boundaries(ids, mode="inner", background=0)
    return {
        "height": height, "width": width, "ids": ids.ravel().tolist(),
        "distances": distances.ravel().tolist(), "boundary": boundary.astype(int).ravel().tolist(),
    }


entries = [image(number) for number in range(4)]
images = [planes_of(entry) for entry in entries]
golden = {
    "height": SIZE[0], "width": SIZE[1], "classes": CLASSES, "images": entries,
    "hundred": coco(images, 100), "five": coco(images, 5), "others": others(images),
    "flooding": flooding(), "targets": targets(),
}
text = json.dumps(golden)
for key in ("images", "hundred", "five", "others", "flooding", "targets"):
    text = text.replace(f'"{key}"', f'\n"{key}"')
(FOLDER / "golden-instances.json").write_text(text + "\n")
