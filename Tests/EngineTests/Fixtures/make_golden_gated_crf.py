"""Writes golden-gated-crf.json: the energy of a CRF over windows and its gradient, pair by pair in double precision.

    python3 Tests/EngineTests/Fixtures/make_golden_gated_crf.py

Needs numpy and torch.
"""
import json
import pathlib

import numpy
import torch


def energy(logits, images, labels, radius, distance, colour, gate):
    """Obukhov et al. 2019, as GatedCRF.swift has the formula: every pair by itself."""
    p = torch.softmax(logits, 1)
    count, _, height, width = p.shape
    total, opened = torch.zeros((), dtype=torch.float64), 0
    for n in range(count):
        for y in range(height):
            for x in range(width):
                if gate == "unlabelled" and labels[n, y, x] != 255:
                    continue
                opened += 1
                for v in range(max(0, y - radius), min(height, y + radius + 1)):
                    for u in range(max(0, x - radius), min(width, x + radius + 1)):
                        if (v, u) == (y, x):
                            continue
                        apart = (v - y) ** 2 + (u - x) ** 2
                        differs = ((images[n, :, y, x] - images[n, :, v, u]) ** 2).sum()
                        weight = torch.exp(-apart / (2 * distance**2) - differs / (2 * colour**2))
                        total = total + weight * (1 - (p[n, :, y, x] * p[n, :, v, u]).sum())
    return total / opened


def case(shape, channels, seed, **fields):
    random = numpy.random.default_rng(seed)
    count, classes, height, width = shape
    logits = numpy.float32(numpy.round(random.uniform(-3, 3, shape), 4))
    images = numpy.float32(numpy.round(random.normal(0, 1, (count, channels, height, width)), 4))
    labels = random.integers(0, classes, (count, height, width))
    labels[random.random(labels.shape) < 0.7] = 255
    variable = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
    value = energy(variable, torch.tensor(images, dtype=torch.float64), labels, **fields)
    value.backward()
    return {
        "shape": list(shape), "channels": channels, **fields,
        "logits": [round(float(v), 6) for v in logits.ravel()],
        "images": [round(float(v), 6) for v in images.ravel()],
        "labels": [int(v) for v in labels.ravel()],
        "value": float(value.detach()),
        "gradient": [float(f"{v:.9g}") for v in variable.grad.numpy().ravel()],
    }


cases = [
    case((1, 2, 5, 7), 3, 1, radius=2, distance=6.0, colour=0.5, gate="all"),
    case((2, 3, 4, 6), 1, 2, radius=1, distance=1.5, colour=2.0, gate="unlabelled"),
    case((1, 4, 6, 5), 3, 3, radius=5, distance=3.0, colour=1.0, gate="unlabelled"),
    case((1, 2, 3, 70), 1, 4, radius=3, distance=6.0, colour=1.0, gate="all"),
]
path = pathlib.Path(__file__).parent / "golden-gated-crf.json"
path.write_text(json.dumps(cases) + "\n")
