"""Writes golden-topology.json: skeletons by scikit-image, and what metrics of thin structures follow from
them; Betti numbers by scipy.ndimage.

    python make_golden_topology.py        (numpy, scipy, scikit-image 0.26)
"""

import json
import pathlib

import numpy as np
from scipy import ndimage
from skimage.morphology import skeletonize

FOLDER = pathlib.Path(__file__).parent
IGNORED = 9


def tree(shape, seed, thickness, gaps):
    """Branches of two classes, some of them broken."""
    random = np.random.default_rng(seed)
    labels = np.zeros(shape, int)
    for label in (1, 2, 1, 2, 1):
        line = np.zeros(shape, bool)
        y, x = random.uniform(0, shape[0]), random.uniform(0, shape[1])
        angle = random.uniform(0, 6.3)
        for _ in range(60):
            angle += random.normal() * 0.25
            y, x = y + np.sin(angle), x + np.cos(angle)
            inside = 0 <= y < shape[0] and 0 <= x < shape[1]
            if inside and random.random() > gaps:
                line[int(y), int(x)] = True
        distance = ndimage.distance_transform_edt(~line) if line.any() else np.full(shape, 99)
        labels[distance <= thickness] = label
    return labels


def noisy(labels, seed):
    random = np.random.default_rng(seed)
    moved = ndimage.shift(labels, (1, 1), order=0)
    return np.where(random.random(labels.shape) < 0.03, 2, moved)


def blobs(shape, seed):
    values = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=shape), 1.5)
    return np.digitize(values, [0, 0.1])


def share(of, within):
    return float((of & within).sum() / of.sum())


def near(mask, tolerance):
    return ndimage.distance_transform_edt(~mask) <= tolerance


def betti(mask):
    """8-connected components, and 4-connected holes."""
    components = ndimage.label(mask, np.ones((3, 3)))[1]
    return components, ndimage.label(np.pad(~mask, 1, constant_values=True))[1] - 1


def betti_errors(truth, prediction, known, window):
    errors = []
    for y in range(0, truth.shape[0], window):
        for x in range(0, truth.shape[1], window):
            part = np.s_[y : y + window, x : x + window]
            if known[part].any():
                pair = zip(betti(truth[part]), betti(prediction[part]))
                errors.append([abs(a - b) for a, b in pair])
    return [float(np.mean([e[d] for e in errors])) for d in (0, 1)]


def values(truth, prediction, label):
    known = truth != IGNORED
    t, p = truth == label, (prediction == label) & known
    names = ["centerline_dice", "skeleton_precision", "skeleton_recall", "wide precision",
             "wide recall", "betti_error_0", "betti_error_1", "small betti_error_0",
             "small betti_error_1"]  # fmt: skip
    if not t.any() and not p.any():
        return dict.fromkeys(names)
    errors = betti_errors(t, p, known, 64) + betti_errors(t, p, known, 13)
    if not t.any() or not p.any():
        return dict(zip(names, [0.0] * 5 + errors))
    st, sp = skeletonize(t), skeletonize(p)
    precision, sensitivity = share(sp, t), share(st, p)
    both = precision + sensitivity
    dice = 2 * precision * sensitivity / both if both else 0.0
    shares = [share(a, near(b, r)) for r in (2, 3.5) for a, b in ((sp, st), (st, sp))]
    return dict(zip(names, [dice, *shares, *errors]))


def case(name, truth, prediction, classes=3):
    return {
        "name": name,
        "height": truth.shape[0],
        "width": truth.shape[1],
        "truth": "".join(map(str, truth.flatten())),
        "prediction": "".join(map(str, prediction.flatten())),
        "skeletons": [
            "".join(map(str, skeletonize(truth == c).astype(int).flatten())) for c in range(classes)
        ],
        "classes": [values(truth, prediction, c) for c in range(classes)],
    }


def cases():
    thin, thick = tree((40, 47), 1, 0.8, 0.0), tree((36, 52), 5, 2.5, 0.0)
    yield case("thin", thin, noisy(thin, 2))
    yield case("broken", thin, tree((40, 47), 1, 0.8, 0.2))
    yield case("thick", thick, noisy(thick, 3))
    yield case("blobs", blobs((30, 41), 4), blobs((30, 41), 6))
    hidden = thick.copy()
    hidden[8:20, 10:31] = IGNORED
    hidden[:13, :13] = IGNORED
    yield case("ignored", hidden, noisy(thick, 7))
    one = np.where(thin == 2, 0, thin)
    yield case("missing", one, np.zeros_like(one))
    yield case("invented", np.where(thin == 2, 2, 0), noisy(one, 8))


rows = ",\n".join(json.dumps(case) for case in cases())
(FOLDER / "golden-topology.json").write_text(f"[\n{rows}\n]\n")
