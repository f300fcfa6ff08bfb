"""Writes golden-losses.json, golden-solvers.json and golden-schedules.json: what PyTorch computes
in float64, the gradients by its autograd; solvers that it lacks are written out from their papers.

    python make_golden.py        (PyTorch 2; any version gives the same digits)
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
FOLDER = pathlib.Path(__file__).parent
IGNORED = 255

def scene():
    """Two images of three classes in patches, some ignored; class 2 is in the first alone."""
    logits = [
        [
            [[round(3 * math.sin(37 * n + 11 * k + 5 * y + 3.3 * x), 3) for x in range(11)] for y in range(9)]
            for k in range(3)
        ]
        for n in range(2)
    ]  # fmt: skip
    labels = [[[0] * 11 for _ in range(9)] for _ in range(2)]
    patches = [
        (0, 1, 1, 4, 2, 5), (0, 1, 3, 8, 7, 9), (0, 2, 6, 9, 0, 4), (0, 255, 0, 2, 9, 11),
        (1, 1, 0, 5, 0, 3), (1, 1, 4, 7, 5, 8), (1, 255, 8, 9, 0, 11), (1, 255, 2, 3, 6, 7),
    ]  # fmt: skip
    for image, label, top, bottom, left, right in patches:
        for y in range(top, bottom):
            for x in range(left, right):
                labels[image][y][x] = label
    return logits, labels


def against_zero(logits, foreground):
    """Two classes, the first with logits of 0."""
    return [[[[0.0] * len(row) for row in logits], logits]], [foreground]


# Logits [N, K, H, W] and labels [N, H, W]; class 2 is absent from the second image of "three".
INPUTS = {
    "two": (
        [[[[2.0, -1.0], [0.5, 0.0]], [[-1.0, 1.5], [1.0, -0.5]]]],
        [[[0, 1], [0, 0]]],
    ),
    "three": (
        [
            [[[1.0, 0.2], [-0.5, 0.3]], [[0.0, 1.2], [0.4, -0.7]], [[-1.0, -0.3], [1.5, 0.1]]],
            [[[0.6, -0.4], [0.9, -1.1]], [[1.1, 0.8], [-0.2, 0.5]], [[-0.6, 0.3], [0.0, 1.4]]],
        ],
        [[[0, 1], [2, 255]], [[1, 1], [255, 0]]],
    ),
    "opposite": (  # of each other: what a binary loss says of both is the same
        [[[[-2.0, 1.0], [-0.5, 3.0]], [[2.0, -1.0], [0.5, -3.0]]]],
        [[[1, 0], [0, 1]]],
    ),
    "hits": (
        [
            [
                [[2.0, 0.0, 1.0], [0.0, -0.5, 0.2]],
                [[0.5, 1.5, 0.4], [-1.0, 0.3, -0.3]],
                [[-1.0, 0.2, -0.5], [1.2, 0.9, 0.8]],
            ]
        ],
        [[[0, 1, 1], [2, 2, 0]]],
    ),
    "square": against_zero(
        [[-3, -3, -2, -3, -3], [-3, 2, 1, -1, -3], [-2, 1, 2, 1, -2], [-3, -1, 1, 1, -3],
         [-3, -3, -2, -3, -3]],
        [[1 if y in (1, 2) and x in (1, 2) else 0 for x in range(5)] for y in range(5)],
    ),
    "false alarm": against_zero(
        [[4.0 if 1 <= y <= 5 and 1 <= x <= 5 else -4.0 for x in range(7)] for y in range(7)],
        [[0] * 7 for _ in range(7)],
    ),
    "gap": (
        [[[[-0.5, -0.5, 0.5, -0.2, 0.5, -0.5, -0.5]] * 3, [[0.5, 0.5, -0.5, 0.2, -0.5, 0.5, 0.5]] * 3]],
        [[[1, 1, 0, 0, 0, 1, 1]] * 3],
    ),
    "scene": scene(),
}  # fmt: skip
INPUTS["whole"] = (INPUTS["three"][0], [[[0, 1], [2, 0]], [[1, 1], [0, 0]]])

# Logits of edges [N, 1, H, W] beside some of them.
EDGES = {
    "square": [[[
        [0.8 if max(x, y) < 4 and {x, y} & {1, 2} else -1.2 for x in range(5)] for y in range(5)
    ]]],
    "scene": [
        [[[round(3 * math.sin(23 * n + 7 * y + 2.9 * x + 1), 3) for x in range(11)] for y in range(9)]]
        for n in range(2)
    ],
}  # fmt: skip


def valid(y):
    return (y != IGNORED).double()


def one_hot(y, classes):
    g = F.one_hot(torch.where(y != IGNORED, y, 0), classes).permute(0, 3, 1, 2)
    return g * valid(y)[:, None]


def costs(z, y, **options):
    return F.cross_entropy(z, y, ignore_index=IGNORED, reduction="none", **options)


def cross_entropy(z, y, class_weights=None, normalize="valid"):
    w = None if class_weights is None else torch.tensor(class_weights)
    if normalize == "weights":
        return F.cross_entropy(z, y, weight=w, ignore_index=IGNORED)
    total = F.cross_entropy(z, y, weight=w, ignore_index=IGNORED, reduction="sum")
    return total / (y != IGNORED).sum()


def dice(z, y, smooth=1.0, denominator="sum", batch=True, absent="keep", include_background=True):
    classes, valid = z.shape[1], (y != IGNORED)
    g = F.one_hot(torch.where(valid, y, 0), classes).permute(0, 3, 1, 2) * valid[:, None]
    p = torch.softmax(z, 1) * valid[:, None]
    over = (0, 2, 3) if batch else (2, 3)
    overlap, truth = (p * g).sum(over), g.sum(over)
    volume = (p * p if denominator == "squared" else p).sum(over)
    ratio = (2 * overlap + smooth) / (volume + truth + smooth)
    counts = torch.ones_like(truth, dtype=torch.bool)
    if absent == "skip":
        counts &= truth > 0
    if not include_background:
        counts[..., 0] = False
    return 1 - ratio[counts].mean()


def focal(z, y, gamma=2.0, class_weights=None):
    w = torch.ones(z.shape[1]) if class_weights is None else torch.tensor(class_weights)
    alpha = w[torch.where(y != IGNORED, y, 0)]
    right = torch.exp(-costs(z, y))
    return (alpha * (1 - right) ** gamma * costs(z, y) * valid(y)).sum() / valid(y).sum()


def generalized_cross_entropy(z, y, q=0.7, class_weights=None):
    w = torch.ones(z.shape[1]) if class_weights is None else torch.tensor(class_weights)
    weight = w[torch.where(y != IGNORED, y, 0)]
    right = torch.exp(-costs(z, y))
    return (weight * (1 - right**q) / q * valid(y)).sum() / valid(y).sum()


def bce(z, y, pos_weight=1.0):
    each = F.binary_cross_entropy_with_logits(
        z, one_hot(y, z.shape[1]), reduction="none", pos_weight=torch.tensor(float(pos_weight))
    )
    return (each * valid(y)[:, None]).sum() / (valid(y).sum() * z.shape[1])


def hardest(z, y, least, threshold, batch):
    """Costs that are kept and their mask, as an image's or the batch's hardest pixels."""
    cost = costs(z, y)
    kept = torch.zeros_like(cost)
    for images in [list(range(len(y)))] if batch else [[n] for n in range(len(y))]:
        order = cost[images].detach().flatten()
        order = torch.where(valid(y)[images].flatten() > 0, order, -1)
        number = int(valid(y)[images].sum())
        enough = torch.sort(order, descending=True, stable=True).indices[: least(number)]
        mask = (order > threshold).double()
        mask[enough] = 1
        kept[images] = mask.reshape(kept[images].shape)
    return cost * kept, kept


def topk(z, y, k=10.0, batch=True):
    cost, kept = hardest(z, y, lambda n: max(1, int(k / 100 * n)), math.inf, batch)
    return cost.sum() / kept.sum()


def ohem(z, y, thresh=0.7, min_kept=10000, normalize="kept", batch=True):
    cost, kept = hardest(z, y, lambda n: min(min_kept, n), -math.log(thresh), batch)
    return cost.sum() / (kept if normalize == "kept" else valid(y)).sum()


def distances(mask):
    """From every pixel to the nearest of the mask, by trying all; infinite where it is empty."""
    points = mask.nonzero().double()
    own = torch.ones_like(mask).nonzero().double()
    if len(points) == 0:
        return torch.full(mask.shape, math.inf)
    return torch.cdist(own, points).min(1).values.reshape(mask.shape)


def to_others(y, n):
    """From every pixel to the nearest with another label; 0 in an image of one label."""
    result = torch.zeros(y[n].shape)
    for label in y[n].unique():
        inside = y[n] == label
        if not inside.all():
            result[inside] = distances(~inside)[inside]
    return result


def objects(y, n):
    """Masks of the 8-connected pixels that share a label other than 0 and 255."""
    rest = {
        (i, j)
        for i in range(y.shape[1])
        for j in range(y.shape[2])
        if y[n, i, j] not in (0, IGNORED)
    }
    while rest:
        front = [min(rest)]
        rest.remove(front[0])
        mask = torch.zeros(y[n].shape, dtype=torch.bool)
        while front:
            i, j = front.pop()
            mask[i, j] = True
            for near in [(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
                if near in rest and y[n][near] == y[n, i, j]:
                    rest.remove(near)
                    front.append(near)
        yield mask


def border_weighted(
    z, y, w0=10.0, sigma=5.0, border_on="background", class_weights=None, normalize="valid"
):
    w = torch.ones(z.shape[1]) if class_weights is None else torch.tensor(class_weights)
    weights = w[torch.where(y != IGNORED, y, 0)]
    for n in range(len(y)):
        fields = [distances(mask) for mask in objects(y, n)]
        if len(fields) < 2:
            continue
        sorted_distances = torch.stack(fields).sort(0).values
        term = w0 * torch.exp(-((sorted_distances[0] + sorted_distances[1]) ** 2) / (2 * sigma**2))
        weights[n] += torch.where((y[n] == 0) | torch.tensor(border_on == "all"), term, 0)
    weights = weights * valid(y)
    return (weights * costs(z, y)).sum() / (valid(y) if normalize == "valid" else weights).sum()


def distance_penalized(z, y):
    penalty = torch.zeros(y.shape)
    for n in range(len(y)):
        field = to_others(y, n)
        for label in y[n].unique():
            inside = y[n] == label
            greatest = field[inside].max()
            if greatest > 0:
                penalty[n][inside] = (greatest - field[inside]) / greatest
    return ((1 + penalty) * costs(z, y)).sum() / valid(y).sum()


def iou_balanced(z, y, eta=1.5):
    cost, predicted = costs(z, y), z.argmax(1)
    power = torch.ones(y.shape)
    for n in range(len(y)):
        for label in range(1, z.shape[1]):
            truth = y[n] == label
            found = (predicted[n] == label) & (y[n] != IGNORED)
            if truth.any():
                power[n][truth] = ((truth & found).sum() / (truth | found).sum()) ** eta
    front = (y > 0) & (y != IGNORED)
    plain, weighted = cost[front].sum().detach(), (power * cost)[front].sum().detach()
    weights = torch.where(front, power * plain / weighted if weighted > 0 else 1.0, 1.0)
    return (weights * cost).sum() / valid(y).sum()


def micro_dice(z, y, weights, smooth):
    g, m = one_hot(y, z.shape[1]), valid(y)[:, None]
    p = torch.softmax(z, 1) * m
    w = weights[:, :, None, None]
    over = (1, 2, 3)
    ratio = (2 * (w * p * g).sum(over) + smooth) / ((w * (p * p + g)).sum(over) + smooth)
    return 1 - ratio.mean()


def standardize(z, y):
    """Each image to mean 0 and variance 1 over its classes and valid pixels."""
    m = valid(y)[:, None]
    number = m.sum((1, 2, 3), keepdim=True) * z.shape[1]
    centred = z - (z * m).sum((1, 2, 3), keepdim=True) / number
    variance = (centred**2 * m).sum((1, 2, 3), keepdim=True) / number
    return centred / (variance.sqrt() + 1e-9)


POWERS = {"equalize_classes": -1, "inverse_volume": -2, "extra_small_volumes": -3}


def dice_multiclass(z, y, mvn=False):
    z = standardize(z, y) if mvn else z
    return micro_dice(z, y, torch.ones(z.shape[:2]), 1 / len(z))


def dice_weighted(z, y, weighting="inverse_volume", mvn=False):
    z = standardize(z, y) if mvn else z
    return micro_dice(z, y, (1 + one_hot(y, z.shape[1]).sum((2, 3))) ** POWERS[weighting], 0)


def dice_weighted_batch(z, y, weighting="inverse_volume", mvn=False):
    z = standardize(z, y) if mvn else z
    pixels = one_hot(y, z.shape[1]).sum((2, 3)).mean(0, keepdim=True)
    return micro_dice(z, y, ((1 + pixels) ** POWERS[weighting]).expand(z.shape[:2]), 0)


def generalized_dice(z, y, weighting="square", absent="max", batch=False):
    g = one_hot(y, z.shape[1])
    p = torch.softmax(z, 1) * valid(y)[:, None]
    over = (0, 2, 3) if batch else (2, 3)
    i, s, t = [x.sum(over).reshape(-1, z.shape[1]) for x in (p * g, p, g)]
    w = t ** -{"square": 2.0, "simple": 1.0, "uniform": 0.0}[weighting]
    if weighting != "uniform" or absent == "zero":
        w = torch.where(t > 0, w, 0)
    if absent == "max":
        w = torch.where(t > 0, w, w.max(1, keepdim=True).values)
    return (1 - 2 * (w * i).sum(1) / (w * (s + t)).sum(1)).mean()


def tversky_indices(z, y, fp_weight, fn_weight, smooth, batch):
    g, m = one_hot(y, z.shape[1]), valid(y)[:, None]
    p = torch.softmax(z, 1)
    over = (0, 2, 3) if batch else (2, 3)
    hits = (p * g * m).sum(over)
    alarms, misses = (p * (1 - g) * m).sum(over), ((1 - p) * g * m).sum(over)
    index = (hits + smooth) / (hits + fp_weight * alarms + fn_weight * misses + smooth)
    return index, g.sum(over)


def tversky(
    z, y, fp_weight=0.3, fn_weight=0.7, smooth=1.0, batch=True, absent="keep",
    include_background=True, exponent=1.0,
):  # fmt: skip
    index, truth = tversky_indices(z, y, fp_weight, fn_weight, smooth, batch)
    counts = torch.ones_like(truth, dtype=torch.bool)
    if absent == "skip":
        counts &= truth > 0
    if not include_background:
        counts[..., 0] = False
    return ((1 - index[counts]) ** exponent).mean()


def focal_tversky(z, y, exponent=0.75, **options):
    return tversky(z, y, exponent=exponent, **options)


def jaccard(z, y, **options):
    return tversky(z, y, fp_weight=1.0, fn_weight=1.0, **options)


def sensitivity_specificity(z, y, ratio=0.05):
    g, m = one_hot(y, z.shape[1]), valid(y)[:, None]
    errors = (g - torch.softmax(z, 1)) ** 2 * m
    own, others = g.sum((2, 3)) + 1e-5, ((1 - g) * m).sum((2, 3)) + 1e-5
    first = ratio * (errors * g).sum((2, 3)) / own
    return (first + (1 - ratio) * (errors * (1 - g)).sum((2, 3)) / others).mean()


def lovasz(errors, inside):
    """Sorted as the paper says, the differences of the Jaccard loss left out of the gradient."""
    sorted_errors, order = torch.sort(errors, descending=True, stable=True)
    g = inside[order]
    truth = g.sum()
    loss = 1 - (truth - g.cumsum(0)) / (truth + (1 - g).cumsum(0))
    return (sorted_errors * torch.diff(loss, prepend=torch.zeros(1))).sum()


def mean_lovasz(errors, y, classes, batch, first=0):
    units, terms = [list(range(len(y)))] if batch else [[n] for n in range(len(y))], []
    for images in units:
        here = y[images] != IGNORED
        losses = []
        for label in range(first, errors.shape[1]):
            inside = (y[images][here] == label).double()
            if classes == "all" or inside.any():
                losses.append(lovasz(errors[images][:, label][here], inside))
        if here.any() and losses:
            terms.append(sum(losses) / len(losses))
    return sum(terms) / len(terms)


def lovasz_softmax(z, y, classes="present", batch=True):
    errors = (one_hot(y, z.shape[1]) - torch.softmax(z, 1)).abs()
    return mean_lovasz(errors, y, classes, batch)


def lovasz_hinge(z, y, classes="present", batch=True, include_background=True):
    errors = torch.relu(1 - z * (2 * one_hot(y, z.shape[1]) - 1))
    return mean_lovasz(errors, y, classes, batch, 0 if include_background else 1)


def class_fields(y, classes):
    """For each image and class the distances from outside and from inside; both 0 where the image
    lacks the class or consists of it."""
    outside, inside = torch.zeros(2, len(y), classes, *y.shape[1:])
    for n in range(len(y)):
        for label in range(classes):
            mask = y[n] == label
            if mask.any() and not mask.all():
                outside[n, label], inside[n, label] = distances(mask), distances(~mask)
    return outside, inside


def mean_over(terms, y, include_background):
    used = terms if include_background else terms[:, 1:]
    return (used * valid(y)[:, None]).sum() / (valid(y).sum() * used.shape[1])


def boundary(z, y, include_background=False):
    outside, inside = class_fields(y, z.shape[1])
    signed = outside - torch.clamp(inside - 1, min=0)
    return mean_over(signed * torch.softmax(z, 1), y, include_background)


def hausdorff_dt(z, y, alpha=2.0, include_background=False, one_sided=False):
    p, g = torch.softmax(z, 1), one_hot(y, z.shape[1])

    def field(labels):
        distance = sum(class_fields(labels, z.shape[1]))
        return torch.where(distance > 0, distance**alpha, 0)

    weights = field(y)
    if not one_sided:
        largest, label = p.detach().max(1)
        weights = weights + field(torch.where((largest > 0.5) & (y != IGNORED), label, IGNORED))
    return mean_over((p - g) ** 2 * weights, y, include_background)


def hausdorff_dt_onesided(z, y, **options):
    return hausdorff_dt(z, y, one_sided=True, **options)


def hausdorff_erosion(z, y, alpha=2.0, erosions=10, include_background=False):
    classes = z.shape[1]
    cross = torch.tensor([[0.0, 1, 0], [1, 1, 1], [0, 1, 0]]) / 5
    kernel = cross.expand(classes, 1, 3, 3)
    b = (torch.softmax(z, 1) - one_hot(y, classes)) ** 2 * valid(y)[:, None]
    total = 0
    for k in range(1, erosions + 1):
        b = 2 * torch.relu(F.conv2d(b, kernel, padding=1, groups=classes) - 0.5)
        total = total + k**alpha * (b if include_background else b[:, 1:]).sum()
    return total / (valid(y).sum() * (classes if include_background else classes - 1))


def soft_skeleton(p, v, iterations):
    """Of values 0…1; what is not valid takes no part."""
    def erode(p):
        p = torch.where(v, p, 2.0)
        columns = -F.max_pool2d(-p, (3, 1), 1, (1, 0))
        return torch.min(columns, -F.max_pool2d(-p, (1, 3), 1, (0, 1)))

    def opened(p):
        return F.max_pool2d(torch.where(v, erode(p), -1.0), 3, 1, 1)

    skeleton = torch.relu(p - opened(p)) * v
    for _ in range(iterations):
        p = erode(p)
        delta = torch.relu(p - opened(p)) * v
        skeleton = skeleton + torch.relu(delta - skeleton * delta)
    return skeleton


def cldice(z, y, iterations=3, smooth=1.0, batch=True, include_background=False):
    p, g, v = torch.softmax(z, 1), one_hot(y, z.shape[1]), (y != IGNORED)[:, None]
    p, g = ((p if include_background else p[:, 1:]) * v, g if include_background else g[:, 1:])
    over = (0, 2, 3) if batch else (2, 3)
    s, t = soft_skeleton(p, v, iterations), soft_skeleton(g, v, iterations)
    precision = ((s * g).sum(over) + smooth) / (s.sum(over) + smooth)
    sensitivity = ((t * p).sum(over) + smooth) / (t.sum(over) + smooth)
    return 1 - (2 * precision * sensitivity / (precision + sensitivity)).mean()


def edge_truth(y, classes, radius):
    """Whether the boundary of any class is within the radius; ignored pixels are of no class."""
    truth = torch.zeros(y.shape, dtype=torch.bool)
    for n in range(len(y)):
        for label in range(classes):
            inside = y[n] == label
            others = ~inside & (y[n] != IGNORED)
            truth[n] |= torch.where(inside, distances(others), distances(inside)) <= radius
    return truth & (y != IGNORED)


def edge(z, y, e, radius=2.0):
    truth, pixels = edge_truth(y, z.shape[1], radius), valid(y).sum()
    edges = truth.sum()
    weights = torch.where(truth, (pixels - edges) / pixels, edges / pixels) * valid(y)
    each = F.binary_cross_entropy_with_logits(e[:, 0], truth.double(), reduction="none")
    return (weights * each).sum() / pixels


def edge_attention(z, y, e, threshold=0.8):
    kept = (torch.sigmoid(e[:, 0]) > threshold) * valid(y)
    return (costs(z, y) * kept).sum() / kept.sum()


def difference(values, inside, axis):
    """Half between the neighbours, or all of it to the one there is; [N, K, H, W]."""
    def moved(x, by):
        return torch.zeros_like(x).index_copy(
            axis, places[max(-by, 0) : size - max(by, 0)],
            x.index_select(axis, places[max(by, 0) : size + min(by, 0)]),
        )  # fmt: skip

    size = values.shape[axis]
    places = torch.arange(size)
    (before, behind) = (moved(inside.double(), by) > 0 for by in (-1, 1))
    low = torch.where(before, moved(values, -1), values)
    high = torch.where(behind, moved(values, 1), values)
    return (high - low) * torch.where(before & behind, 0.5, 1.0)


def dual_task(z, y, temperature=1.0):
    inside = (y != IGNORED)[:, None].expand(z.shape)

    def magnitude(values):
        return sum((difference(values, inside, axis) ** 2 for axis in (2, 3)), 1e-6).sqrt()

    p, g = torch.softmax(z / temperature, 1), one_hot(y, z.shape[1])
    error = (magnitude(p) - magnitude(g)).abs()
    masks = [(magnitude(x) >= 1e-2) & inside for x in (p, g)]
    return sum(error[mask].mean() / 2 for mask in masks if mask.any())


LOSSES = [
    (cross_entropy, "two", {}),
    (cross_entropy, "three", {}),
    (cross_entropy, "three", {"class_weights": [0.5, 1, 3]}),
    (cross_entropy, "three", {"class_weights": [0.5, 1, 3], "normalize": "weights"}),
    (dice, "two", {"smooth": 0}),
    (dice, "two", {}),
    (dice, "two", {"smooth": 0, "denominator": "squared"}),
    (dice, "two", {"denominator": "squared"}),
    (dice, "three", {}),
    (dice, "three", {"smooth": 1e-5}),
    (dice, "three", {"batch": False}),
    (dice, "three", {"batch": False, "absent": "skip"}),
    (dice, "three", {"include_background": False}),
    (dice, "three", {"batch": False, "denominator": "squared", "include_background": False}),
    (border_weighted, "gap", {}),
    (border_weighted, "gap", {"normalize": "weights"}),
    (border_weighted, "gap", {"border_on": "all", "w0": 3, "sigma": 2}),
    (border_weighted, "scene", {}),
    (border_weighted, "scene", {"border_on": "all", "class_weights": [0.5, 1, 3], "normalize": "weights"}),
    (focal, "two", {}),
    (focal, "two", {"class_weights": [0.75, 0.25]}),
    (focal, "two", {"gamma": 0.5}),
    (focal, "three", {}),
    (focal, "scene", {"gamma": 3.5}),
    (generalized_cross_entropy, "two", {}),
    (generalized_cross_entropy, "three", {"class_weights": [0.5, 1, 3]}),
    (generalized_cross_entropy, "scene", {"q": 0.05}),
    (generalized_cross_entropy, "scene", {"q": 1}),
    (bce, "opposite", {}),
    (bce, "opposite", {"pos_weight": 3}),
    (bce, "scene", {"pos_weight": 0.5}),
    (topk, "two", {"k": 50}),
    (topk, "scene", {}),
    (topk, "scene", {"k": 33, "batch": False}),
    (ohem, "two", {"min_kept": 1}),
    (ohem, "two", {"min_kept": 1, "normalize": "valid"}),
    (ohem, "three", {"thresh": 0.1, "min_kept": 3}),
    (ohem, "scene", {"thresh": 0.3, "min_kept": 20, "batch": False, "normalize": "valid"}),
    (ohem, "scene", {}),
    (distance_penalized, "square", {}),
    (distance_penalized, "scene", {}),
    (iou_balanced, "hits", {}),
    (iou_balanced, "scene", {}),
    (iou_balanced, "scene", {"eta": 0.5}),
    (dice_multiclass, "two", {}),
    (dice_multiclass, "three", {}),
    (dice_weighted, "two", {}),
    (dice_weighted, "two", {"weighting": "equalize_classes"}),
    (dice_weighted, "two", {"weighting": "extra_small_volumes"}),
    (dice_multiclass, "scene", {"mvn": True}),
    (dice_weighted, "two", {"mvn": True}),
    (dice_weighted, "whole", {}),
    (dice_weighted, "scene", {}),
    (dice_weighted_batch, "whole", {}),
    (dice_weighted_batch, "three", {}),
    (dice_weighted_batch, "three", {"mvn": True}),
    (dice_weighted_batch, "scene", {"weighting": "equalize_classes"}),
    (generalized_dice, "two", {}),
    (generalized_dice, "three", {}),
    (generalized_dice, "three", {"absent": "zero"}),
    (generalized_dice, "three", {"batch": True}),
    (generalized_dice, "scene", {"weighting": "simple"}),
    (generalized_dice, "scene", {"weighting": "uniform"}),
    (generalized_dice, "scene", {"weighting": "uniform", "absent": "zero"}),
    (tversky, "two", {"batch": False}),
    (tversky, "two", {"smooth": 0}),
    (tversky, "three", {}),
    (tversky, "scene", {"fp_weight": 2, "fn_weight": 0.25, "batch": False, "absent": "skip"}),
    (tversky, "scene", {"include_background": False}),
    (focal_tversky, "two", {}),
    (focal_tversky, "scene", {"exponent": 1.5, "batch": False, "smooth": 0.5}),
    (jaccard, "two", {"smooth": 0}),
    (jaccard, "three", {}),
    (jaccard, "scene", {"batch": False, "include_background": False}),
    (sensitivity_specificity, "two", {}),
    (sensitivity_specificity, "three", {"ratio": 0.3}),
    (sensitivity_specificity, "scene", {}),
    (lovasz_softmax, "two", {}),
    (lovasz_softmax, "three", {}),
    (lovasz_softmax, "three", {"batch": False}),
    (lovasz_softmax, "three", {"classes": "all", "batch": False}),
    (lovasz_softmax, "scene", {}),
    (lovasz_softmax, "scene", {"classes": "all", "batch": False}),
    (lovasz_hinge, "opposite", {"include_background": False}),
    (lovasz_hinge, "three", {}),
    (lovasz_hinge, "scene", {}),
    (lovasz_hinge, "scene", {"classes": "all", "batch": False, "include_background": False}),
    (boundary, "square", {}),
    (boundary, "square", {"include_background": True}),
    (boundary, "false alarm", {}),
    (boundary, "scene", {}),
    (boundary, "scene", {"include_background": True}),
    (hausdorff_dt, "square", {}),
    (hausdorff_dt, "false alarm", {}),
    (hausdorff_dt, "scene", {}),
    (hausdorff_dt, "scene", {"alpha": 1.5, "include_background": True}),
    (hausdorff_dt_onesided, "square", {}),
    (hausdorff_dt_onesided, "scene", {"alpha": 1, "include_background": True}),
    (hausdorff_erosion, "false alarm", {"erosions": 3}),
    (hausdorff_erosion, "false alarm", {"erosions": 10, "include_background": True}),
    (hausdorff_erosion, "scene", {"alpha": 1}),
    (edge, "square", {"radius": 1}),
    (edge, "square", {}),
    (edge, "scene", {"radius": 1.5}),
    (edge, "scene", {}),
    (edge_attention, "scene", {}),
    (edge_attention, "scene", {"threshold": 0.25}),
    (dual_task, "square", {}),
    (dual_task, "three", {}),
    (dual_task, "scene", {}),
    (dual_task, "scene", {"temperature": 0.5}),
    (cldice, "three", {}),
    (cldice, "whole", {"batch": False, "smooth": 0.1}),
    (cldice, "scene", {}),
    (cldice, "scene", {"iterations": 0, "include_background": True}),
    (cldice, "scene", {"iterations": 6, "batch": False, "smooth": 0.5}),
]


def losses():
    for function, name, fields in LOSSES:
        logits, labels = INPUTS[name]
        z, y = torch.tensor(logits, requires_grad=True), torch.tensor(labels)
        heads = [z]
        if function in (edge, edge_attention):
            heads.append(torch.tensor(EDGES[name], requires_grad=True))
        value = function(heads[0], y, *heads[1:], **fields)
        slopes = torch.autograd.grad(value, heads, allow_unused=True, materialize_grads=True)
        slopes = [[float(f"{slope:.12g}") for slope in of.flatten().tolist()] for of in slopes]
        case = {
            "component": function.__name__,
            "fields": fields,
            "shape": list(z.shape),
            "logits": z.detach().flatten().tolist(),
            "labels": y.flatten().tolist(),
            "value": value.item(),
            "gradient": slopes[0],
        }
        if len(heads) > 1:
            case |= {"edges": heads[1].detach().flatten().tolist(), "edge_gradient": slopes[1]}
        yield case


class Rule:
    """A solver that PyTorch lacks, from its paper: `update` of one parameter, t from 1."""

    def __init__(self, parameters, lr, weight_decay, **options):
        (self.parameter,) = parameters
        self.lr, self.decay, self.options, self.t, self.states = lr, weight_decay, options, 0, {}

    def step(self):
        self.t += 1
        with torch.no_grad():
            self.update(self.parameter, self.parameter.grad, **self.options)

    def state(self, name, value=None):
        if value is not None:
            self.states[name] = value.clone()
        return self.states.get(name, torch.zeros_like(self.parameter))

    def mean(self, name, beta, value):
        return self.state(name, beta * self.state(name) + (1 - beta) * value)

    def corrected(self, name, beta, value):
        return self.mean(name, beta, value) / (1 - beta**self.t)


class SGDW(Rule):
    def update(self, p, g, momentum):
        v = self.state("v", momentum * self.state("v") + g)
        p -= self.lr * v + self.lr * self.decay * p


class AdaBelief(Rule):
    def update(self, p, g, betas=(0.9, 0.999), eps=1e-16):
        m = self.mean("m", betas[0], g)
        s = self.state("s", betas[1] * self.state("s") + (1 - betas[1]) * (g - m) ** 2 + eps)
        root = (s / (1 - betas[1] ** self.t)).sqrt()
        p -= self.lr * (m / (1 - betas[0] ** self.t) / (root + eps) + self.decay * p)


class LAMB(Rule):
    def update(self, p, g, betas=(0.9, 0.999), eps=1e-6):
        root = self.corrected("v", betas[1], g * g).sqrt()
        u = self.corrected("m", betas[0], g) / (root + eps) + self.decay * p
        p -= self.lr * p.norm() / u.norm() * u


class LARS(Rule):
    def update(self, p, g, momentum=0.9, trust=1e-3, eps=1e-8):
        ratio = trust * p.norm() / (g.norm() + self.decay * p.norm() + eps)
        v = self.state("v", momentum * self.state("v") + ratio * (g + self.decay * p))
        p -= self.lr * v


class Lion(Rule):
    def update(self, p, g, betas=(0.9, 0.99)):
        c = betas[0] * self.state("m") + (1 - betas[0]) * g
        p -= self.lr * (c.sign() + self.decay * p)
        self.mean("m", betas[1], g)


class MADGRAD(Rule):
    def update(self, p, g, momentum=0.9, eps=1e-6):
        start = self.states.setdefault("start", p.clone())
        g = g + self.decay * p
        rate = self.lr * self.t**0.5
        q = self.state("q", self.state("q") + rate * g * g)
        s = self.state("s", self.state("s") + rate * g)
        p.copy_(momentum * p + (1 - momentum) * (start - s / (q ** (1 / 3) + eps)))


class Lookahead:
    """Slow weights behind any of PyTorch's optimizers."""

    def __init__(self, parameters, lr, weight_decay, inner, k, alpha, **options):
        self.inner = inner(parameters, lr=lr, weight_decay=weight_decay, **options)
        (self.parameter,), self.k, self.alpha, self.t = parameters, k, alpha, 0
        self.slow = self.parameter.detach().clone()

    def step(self):
        self.inner.step()
        self.t += 1
        if self.t % self.k == 0:
            with torch.no_grad():
                self.slow += self.alpha * (self.parameter - self.slow)
                self.parameter.copy_(self.slow)


GRADIENTS = [[0.5, -1.0], [-0.25, 0.75], [1.0, 0.1]]
SHRINKING = [[2.0, -2.0], [0.1, 0.2], [0.1, -0.1]]  # where AMSGrad and Adam part
NESTEROV = {"momentum": 0.9, "nesterov": True}
SOLVERS = [
    ("SGD", {"momentum": 0}, 0, GRADIENTS, torch.optim.SGD, {}),
    ("SGD", {"momentum": 0}, 0.01, GRADIENTS, torch.optim.SGD, {}),
    ("SGD", {}, 0, GRADIENTS, torch.optim.SGD, {"momentum": 0.9}),
    ("SGD", {"nesterov": True}, 0, GRADIENTS, torch.optim.SGD, NESTEROV),
    ("SGD", {"nesterov": True}, 0.01, GRADIENTS, torch.optim.SGD, NESTEROV),
    ("ADAM", {}, 0, GRADIENTS, torch.optim.Adam, {}),
    ("ADAM", {}, 0.01, GRADIENTS, torch.optim.Adam, {}),
    ("ADAM", {"momentum2": 0.5}, 0, SHRINKING, torch.optim.Adam, {"betas": (0.9, 0.5)}),
    ("ADAM", {"delta": 0.1}, 0, GRADIENTS, torch.optim.Adam, {"eps": 0.1}),
    ("AMSGRAD", {}, 0, GRADIENTS, torch.optim.Adam, {"amsgrad": True}),
    (
        "AMSGRAD", {"momentum2": 0.5}, 0, SHRINKING, torch.optim.Adam,
        {"betas": (0.9, 0.5), "amsgrad": True},
    ),
    ("NESTEROV", {}, 0.01, GRADIENTS, torch.optim.SGD, NESTEROV),
    ("SGDW", {}, 0, GRADIENTS, SGDW, {"momentum": 0.9}),
    ("SGDW", {}, 0.01, GRADIENTS, SGDW, {"momentum": 0.9}),
    ("SGDW", {"momentum": 0}, 0.01, GRADIENTS, SGDW, {"momentum": 0}),
    ("ADAGRAD", {}, 0, GRADIENTS, torch.optim.Adagrad, {}),
    ("ADAGRAD", {"delta": 1e-2}, 0.01, GRADIENTS, torch.optim.Adagrad, {"eps": 1e-2}),
    ("RMSPROP", {}, 0, GRADIENTS, torch.optim.RMSprop, {}),
    ("RMSPROP", {"rms_decay": 0.9, "delta": 0.1}, 0.01, GRADIENTS, torch.optim.RMSprop,
     {"alpha": 0.9, "eps": 0.1}),
    ("RMSPROP", {"momentum": 0.9}, 0, GRADIENTS, torch.optim.RMSprop, {"momentum": 0.9, "lr": 0.01}),
    ("RMSPROP", {"centered": True}, 0, GRADIENTS, torch.optim.RMSprop,
     {"centered": True, "lr": 0.01}),
    ("RMSPROP", {"centered": True, "momentum": 0.9}, 0, GRADIENTS, torch.optim.RMSprop,
     {"centered": True, "momentum": 0.9, "lr": 0.01}),
    ("ADADELTA", {}, 0, GRADIENTS, torch.optim.Adadelta, {"lr": 1}),
    ("ADADELTA", {"momentum": 0.95}, 0.01, GRADIENTS, torch.optim.Adadelta,
     {"lr": 1, "rho": 0.95}),
    ("ADAMW", {}, 0, GRADIENTS, torch.optim.AdamW, {}),
    ("ADAMW", {}, 0.01, GRADIENTS, torch.optim.AdamW, {}),
    ("AMSGRADW", {"momentum2": 0.5}, 0.01, SHRINKING, torch.optim.AdamW,
     {"betas": (0.9, 0.5), "amsgrad": True}),
    ("ADABELIEF", {}, 0, GRADIENTS, AdaBelief, {}),
    ("ADABELIEF", {"delta": 1e-3}, 0.01, GRADIENTS, AdaBelief, {"eps": 1e-3}),
    ("RADAM", {}, 0, GRADIENTS, torch.optim.RAdam, {}),
    ("RADAM", {"momentum2": 0.9, "delta": 0.1}, 0.01, GRADIENTS, torch.optim.RAdam,
     {"betas": (0.9, 0.9), "eps": 0.1}),
    ("RANGER", {}, 0, GRADIENTS, Lookahead, {"inner": torch.optim.RAdam, "k": 6, "alpha": 0.5}),
    ("RANGER", {"k": 2, "alpha": 0.8}, 0.01, GRADIENTS, Lookahead,
     {"inner": torch.optim.RAdam, "k": 2, "alpha": 0.8}),
    ("LOOKAHEAD", {"inner": {"type": "SGD", "momentum": 0}, "k": 2}, 0, GRADIENTS, Lookahead,
     {"inner": torch.optim.SGD, "k": 2, "alpha": 0.5}),
    ("LOOKAHEAD", {"inner": {"type": "ADAM", "delta": 0.1}, "k": 3, "alpha": 0.2}, 0.01,
     GRADIENTS, Lookahead, {"inner": torch.optim.Adam, "k": 3, "alpha": 0.2, "eps": 0.1}),
    ("LAMB", {}, 0, GRADIENTS, LAMB, {}),
    ("LAMB", {}, 0.01, GRADIENTS, LAMB, {}),
    ("LARS", {}, 0, GRADIENTS, LARS, {}),
    ("LARS", {"trust": 0.1}, 0.01, GRADIENTS, LARS, {"trust": 0.1, "lr": 1}),
    ("LION", {}, 0, GRADIENTS, Lion, {}),
    ("LION", {"momentum": 0.5, "momentum2": 0.8}, 0.1, GRADIENTS, Lion, {"betas": (0.5, 0.8)}),
    ("MADGRAD", {}, 0, GRADIENTS, MADGRAD, {"lr": 0.01}),
    ("MADGRAD", {"momentum": 0.5}, 0.01, GRADIENTS, MADGRAD, {"momentum": 0.5, "lr": 0.01}),
]  # fmt: skip


def solvers():
    start, steps = [1.0, -2.0], 8
    for component, fields, decay, gradients, optimizer, options in SOLVERS:
        options = {"lr": 0.1, **options}
        parameter = torch.nn.Parameter(torch.tensor(start))
        rule = optimizer([parameter], weight_decay=decay, **options)
        taken, trace = [], []
        for step in range(steps):
            taken.append(gradients[step % len(gradients)])
            parameter.grad = torch.tensor(taken[-1])
            rule.step()
            trace.append(parameter.detach().tolist())
        yield {
            "component": component,
            "fields": fields,
            "rate": options["lr"],
            "decay": decay,
            "start": start,
            "gradients": taken,
            "parameters": trace,
        }


def raised_cosine(x):
    """(1 + cos πx) / 2 without the cancellation near 1."""
    return math.sin(math.pi / 2 * (1 - x)) ** 2


def restarts(step, base, lowest, period, multiplier, factor):
    start, highest = 0, base
    while step >= start + period:
        start, period, highest = start + period, int(period * multiplier), highest * factor
    return lowest + (highest - lowest) * raised_cosine((step - start) / period)


def one_cycle(step, base, steps, rising=0.3, divisor=25, final_divisor=1e4):
    first, top = base / divisor, rising * steps - 1
    if step <= top:
        return base + (first - base) * raised_cosine(step / top)
    last = first / final_divisor
    return last + (base - last) * raised_cosine((step - top) / (steps - 1 - top))


def torch_rates(base, steps, scheduler, **options):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=base)
    rule, rates = scheduler(optimizer, **options), []
    for step in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < steps:
            rule.step()
    return rates


def schedules():
    base, steps, at = 0.1, 100, [0, 1, 5, 10, 20, 50, 99, 100]
    # The formulas are PyTorch's, which steps from rate to rate and rounds each time.
    scheduler = torch.optim.lr_scheduler
    for rule, rates in [
        (lambda i: restarts(i, base, 1e-3, 20, 2, 1),
         torch_rates(base, 101, scheduler.CosineAnnealingWarmRestarts, T_0=20, T_mult=2,
                     eta_min=1e-3)),
        (lambda i: one_cycle(i, base, 101),
         torch_rates(base, 101, scheduler.OneCycleLR, max_lr=base, total_steps=101)),
    ]:  # fmt: skip
        assert all(abs(rule(i) - rate) < 1e-15 for i, rate in enumerate(rates))
    for component, fields, rule in [
        ("fixed", {}, lambda i: base),
        ("step", {"stepsize": 20, "gamma": 0.5}, lambda i: base * 0.5 ** (i // 20)),
        ("poly", {}, lambda i: base * (1 - i / steps) ** 0.9),
        ("poly", {"power": 2.5}, lambda i: base * (1 - i / steps) ** 2.5),
        ("poly", {"min_lr": 1e-4}, lambda i: 1e-4 + (base - 1e-4) * (1 - i / steps) ** 0.9),
        ("multistep", {"stepvalue": [10, 50]}, lambda i: base * 0.1 ** ((i >= 10) + (i >= 50))),
        ("exp", {"gamma": 0.95}, lambda i: base * 0.95**i),
        ("inv", {"gamma": 0.01}, lambda i: base * (1 + 0.01 * i) ** -0.75),
        ("sigmoid", {"gamma": -0.1, "stepsize": 50}, lambda i: base / (1 + math.exp(0.1 * (i - 50)))),
        ("linear", {}, lambda i: base * (1 - i / steps)),
        ("linear", {"end_factor": 0.1}, lambda i: base * (1 - 0.9 * i / steps)),
        ("cosine", {}, lambda i: base * raised_cosine(i / steps)),
        ("cosine", {"min_lr": 1e-3}, lambda i: 1e-3 + (base - 1e-3) * raised_cosine(i / steps)),
        ("sgdr", {"period": 20, "min_lr": 1e-3}, lambda i: restarts(i, base, 1e-3, 20, 2, 0.8)),
        (
            "sgdr", {"period": 7, "p_mult": 1, "lr_mult": 1, "min_lr": 0},
            lambda i: restarts(i, base, 0, 7, 1, 1),
        ),
        (
            "sgdr", {"period": 5, "p_mult": 1.5, "lr_mult": 0.5},
            lambda i: restarts(i, base, 1e-6, 5, 1.5, 0.5),
        ),
        ("sgdr", {"ncycles": 3}, lambda i: restarts(i, base, 1e-6, 100 // (2**3 - 1), 2, 0.8)),
        ("sgdr", {"lr_mult": 1}, lambda i: restarts(i, base, 1e-6, 100, 2, 1)),
        ("one_cycle", {}, lambda i: one_cycle(min(i, 99), base, steps)),
        (
            "one_cycle", {"pct_start": 0.1, "div_factor": 10, "final_div_factor": 100},
            lambda i: one_cycle(min(i, 99), base, steps, 0.1, 10, 100),
        ),
    ]:  # fmt: skip
        yield {
            "component": component,
            "fields": fields,
            "base": base,
            "steps": steps,
            "at": at,
            "rates": [rule(i) for i in at],
        }


for name, cases in [("losses", losses), ("solvers", solvers), ("schedules", schedules)]:
    path = FOLDER / f"golden-{name}.json"
    path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n")
