"""Writes golden-losses.json, golden-solvers.json and golden-schedules.json: what PyTorch computes
in float64, the gradients by its autograd.

    python make_golden.py        (PyTorch 2; any version gives the same digits)
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
FOLDER = pathlib.Path(__file__).parent
IGNORED = 255

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
}


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
]


def losses():
    for function, name, fields in LOSSES:
        logits, labels = INPUTS[name]
        z, y = torch.tensor(logits, requires_grad=True), torch.tensor(labels)
        value = function(z, y, **fields)
        value.backward()
        yield {
            "component": function.__name__,
            "fields": fields,
            "shape": list(z.shape),
            "logits": z.detach().flatten().tolist(),
            "labels": y.flatten().tolist(),
            "value": value.item(),
            "gradient": z.grad.flatten().tolist(),
        }


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
]  # fmt: skip


def solvers():
    rate, start, steps = 0.1, [1.0, -2.0], 8
    for component, fields, decay, gradients, optimizer, options in SOLVERS:
        parameter = torch.nn.Parameter(torch.tensor(start))
        rule = optimizer([parameter], lr=rate, weight_decay=decay, **options)
        taken, trace = [], []
        for step in range(steps):
            taken.append(gradients[step % len(gradients)])
            parameter.grad = torch.tensor(taken[-1])
            rule.step()
            trace.append(parameter.detach().tolist())
        yield {
            "component": component,
            "fields": fields,
            "rate": rate,
            "decay": decay,
            "start": start,
            "gradients": taken,
            "parameters": trace,
        }


def schedules():
    base, steps, at = 0.1, 100, [0, 1, 5, 10, 20, 50, 99, 100]
    for component, fields, rule in [
        ("fixed", {}, lambda i: base),
        ("step", {"stepsize": 20, "gamma": 0.5}, lambda i: base * 0.5 ** (i // 20)),
        ("poly", {}, lambda i: base * (1 - i / steps) ** 0.9),
        ("poly", {"power": 2.5}, lambda i: base * (1 - i / steps) ** 2.5),
    ]:
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
