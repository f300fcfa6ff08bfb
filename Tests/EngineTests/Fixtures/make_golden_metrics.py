"""Writes golden-metrics.json: values of small segmentations, by their definitions and by trying
everything, in float64.

    python make_golden_metrics.py        (nothing but the standard library)
"""

import json
import math
import pathlib

FOLDER = pathlib.Path(__file__).parent
IGNORED = 255
NAN = float("nan")


def ratio(a, b):
    return a / b if b else NAN


def mean(values):
    values = [v for v in values if not math.isnan(v)]
    return ratio(sum(values), len(values))


# Two images, H, W = 3, 4. Class 3 is predicted but never true, class 2 is in the first alone.
TRUTH = [
    [[0, 0, 1, 1], [0, 2, 2, 1], [255, 2, 2, 0]],
    [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 255, 255]],
]
PREDICTION = [
    [[0, 0, 1, 1], [0, 2, 1, 1], [1, 2, 2, 0]],
    [[1, 1, 0, 0], [1, 0, 0, 3], [0, 1, 2, 2]],
]


def pixels(images):
    return [value for image in images for row in image for value in row]


def counted(classes):
    """Of the valid pixels: matrix, hits, truths, predictions, all."""
    matrix = [[0] * classes for _ in range(classes)]
    for t, p in zip(pixels(TRUTH), pixels(PREDICTION)):
        if t != IGNORED:
            matrix[t][p] += 1
    hits = [matrix[c][c] for c in range(classes)]
    truths = [sum(row) for row in matrix]
    predictions = [sum(row[c] for row in matrix) for c in range(classes)]
    return matrix, hits, truths, predictions, sum(truths)


def segmentation(classes):
    matrix, t, g, r, n = counted(classes)
    k = range(classes)
    iou = [ratio(t[c], g[c] + r[c] - t[c]) for c in k]
    accuracy = [ratio(t[c], g[c]) for c in k]
    # 0/0 is 0 where the class occurs or is predicted, as scikit-learn and torchmetrics have it.
    there = [g[c] + r[c] > 0 for c in k]
    recall = [t[c] / max(g[c], 1) if there[c] else NAN for c in k]
    dice = [ratio(2 * t[c], g[c] + r[c]) for c in k]
    precision = [t[c] / max(r[c], 1) if there[c] else NAN for c in k]
    specificity = [ratio(n - g[c] - r[c] + t[c], n - g[c]) if there[c] else NAN for c in k]
    f2 = [ratio(5 * t[c], 4 * g[c] + r[c]) for c in k]
    observed, chance = sum(t) / n, sum(g[c] * r[c] for c in k) / n**2
    spread = math.sqrt((n * n - sum(x * x for x in r)) * (n * n - sum(x * x for x in g)))
    conventions = {}
    for name, values in [("mean_iou", iou), ("mean_class_accuracy", accuracy), ("mean_dice", dice),
                         ("precision", precision)]:
        conventions[name] = {
            "cityscapes": mean(values),
            "present": mean([v for v, truths in zip(values, g) if truths]),
            "camvid": sum(v for v, truths in zip(values, g) if truths) / classes,
            "pascal": sum(values) / classes,
        }
    return {
        "classes": classes,
        "confusion": [x for row in matrix for x in row],
        "conventions": conventions,
        "metrics": {
            "mean_iou": [mean(iou), iou],
            "mean_dice": [mean(dice), dice],
            "pixel_accuracy": [observed, []],
            "mean_class_accuracy": [mean(accuracy), accuracy],
            "recall": [mean(recall), recall],
            "precision": [mean(precision), precision],
            "specificity": [mean(specificity), specificity],
            "frequency_weighted_iou": [sum(g[c] / n * iou[c] for c in k if g[c]), []],
            "kappa": [(observed - chance) / (1 - chance), []],
            "matthews_correlation": [
                (sum(t) * n - sum(g[c] * r[c] for c in k)) / spread,
                [],
            ],
            "f_beta": [mean(f2), f2],
            **deepdetect(classes),
        },
    }


def deepdetect(classes):
    """Means over images; ignored pixels are errors, and predictions there are false."""
    accuracies, found, overlap, occurs = [], [0.0] * classes, [0.0] * classes, [0] * classes
    for truth, prediction in zip(TRUTH, PREDICTION):
        pairs = list(zip(pixels([truth]), pixels([prediction])))
        accuracies.append(sum(t == p for t, p in pairs) / len(pairs))
        for c in range(classes):
            hits = sum(t == c and p == c for t, p in pairs)
            truths = sum(t == c for t, _ in pairs)
            if truths:
                occurs[c] += 1
                found[c] += hits / truths
                overlap[c] += hits / sum(c in pair for pair in pairs)
    clacc = [found[c] / max(1, occurs[c]) for c in range(classes)]
    cliou = [overlap[c] / max(1, occurs[c]) for c in range(classes)]
    present = sum(1 for x in occurs if x)
    return {
        "acc": [mean(accuracies), []],
        "meanacc": [sum(clacc) / present, clacc],
        "meaniou": [sum(cliou) / present, cliou],
    }


def border(mask, size):
    """The mask without its erosion by a cross; beyond the image there is nothing."""
    cross = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    return [
        (y, x)
        for y, x in sorted(mask)
        if not all((y + dy, x + dx) in mask for dy, dx in cross)
    ]


def percentile95(values):
    values = sorted(values)
    rank = 0.95 * (len(values) - 1)
    low = math.floor(rank)
    return values[low] + (rank - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def surface():
    size = 8
    truth = {(y, x) for y in range(1, 5) for x in range(1, 5)}
    prediction = {(y, x) for y in range(2, 6) for x in range(1, 6)} | {(7, 7)}
    a, b = border(truth, size), border(prediction, size)
    to_b = [min(math.dist(p, q) for q in b) for p in a]
    to_a = [min(math.dist(p, q) for q in a) for p in b]

    def boundary_f1(limit):
        recall = sum(d <= limit for d in to_b) / len(to_b)
        precision = sum(d <= limit for d in to_a) / len(to_a)
        return 2 * precision * recall / (precision + recall)

    return {
        "size": size,
        "truth": [int((y, x) in truth) for y in range(size) for x in range(size)],
        "prediction": [int((y, x) in prediction) for y in range(size) for x in range(size)],
        "border_pixels": [len(a), len(b)],
        "values": [
            ["hausdorff", {}, max(to_a + to_b)],
            ["hausdorff_95", {}, max(percentile95(to_a), percentile95(to_b))],
            ["hausdorff_95", {"convention": "pooled"}, percentile95(to_a + to_b)],
            ["average_surface_distance", {}, mean(to_a + to_b)],
            ["average_surface_distance", {"mean": "directed"}, (mean(to_a) + mean(to_b)) / 2],
            *(["boundary_f1", {"tolerance": t}, boundary_f1(t)] for t in [1, 1.5, 2]),
            ["surface_dice", {"tolerance": 1}, sum(d <= 1 for d in to_a + to_b) / len(a + b)],
            ["mean_dice", {}, 2 * len(truth & prediction) / (len(truth) + len(prediction))],
            ["mean_iou", {}, len(truth & prediction) / len(truth | prediction)],
        ],
    }


# Score, the true object that is overlapped (-1: none), and the IoU with it; three objects are true.
OBJECTS = [(0.95, 0, 0.92), (0.90, 1, 0.55), (0.80, 0, 0.60), (0.70, 2, 0.72), (0.60, -1, 0.0)]
TRUE_OBJECTS = 3


def objects():
    thresholds = [t / 100 for t in range(50, 100, 5)]
    table = []
    for threshold in thresholds:
        taken, hits = set(), []
        for _, truth, iou in OBJECTS:
            hit = truth >= 0 and iou >= threshold and truth not in taken
            if hit:
                taken.add(truth)
            hits.append(hit)
        points = [
            (sum(hits[: i + 1]) / TRUE_OBJECTS, sum(hits[: i + 1]) / (i + 1))
            for i in range(len(hits))
        ]

        def best(recall):
            return max((p for r, p in points if r >= recall - 1e-12), default=0)

        recalls = sorted({r for r, _ in points} - {0})
        steps = zip([0, *recalls], recalls)
        table.append({
            "threshold": threshold,
            "all_point": sum((r - before) * best(r) for before, r in steps),
            "voc11": mean([best(i / 10) for i in range(11)]),
            "coco101": mean([best(i / 100) for i in range(101)]),
            "dsb": sum(hits) / (len(hits) + TRUE_OBJECTS - sum(hits)),
        })  # fmt: skip
    return {"predictions": OBJECTS, "truths": TRUE_OBJECTS, "table": table}


def pixel_average_precision():
    scores, labels = [0.9, 0.8, 0.7, 0.6, 0.55, 0.3], [1, 1, 0, 1, 0, 1]
    value = 0.0
    for i, label in enumerate(labels):
        if label:
            value += sum(labels[: i + 1]) / (i + 1) / sum(labels)
    return {"scores": scores, "labels": labels, "value": value}


def calibration():
    """Pixels of two classes by the probability of the second."""
    probabilities = [0.97, 0.81, 0.66, 0.58, 0.41, 0.33, 0.12, 0.04, 0.72, 0.28]
    labels = [1, 1, 0, 1, 1, 0, 0, 0, 255, 255]
    valid = [(p, y) for p, y in zip(probabilities, labels) if y != IGNORED]

    def error(bins):
        sums = [[0, 0, 0.0] for _ in range(bins)]
        for p, y in valid:
            confidence = max(p, 1 - p)
            own = sums[math.ceil(confidence * bins) - 1]
            own[0] += 1
            own[1] += int((p > 0.5) == y)
            own[2] += confidence
        return sum(abs(right - sure) for _, right, sure in sums) / len(valid)

    return {
        "probabilities": probabilities,
        "labels": labels,
        "errors": {str(bins): error(bins) for bins in [1, 5, 15]},
        "log_loss": mean([-math.log(p if y else 1 - p) for p, y in valid]),
    }


def without_nan(value):
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, dict):
        return {name: without_nan(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(part) for part in value]
    return value


golden = {
    "images": {"truth": pixels(TRUTH), "prediction": pixels(PREDICTION)},
    "segmentations": [segmentation(4), segmentation(5)],
    "surface": surface(),
    "objects": objects(),
    "pixels": pixel_average_precision(),
    "calibration": calibration(),
}
parts = [f"{json.dumps(name)}: {json.dumps(without_nan(part))}" for name, part in golden.items()]
(FOLDER / "golden-metrics.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")
