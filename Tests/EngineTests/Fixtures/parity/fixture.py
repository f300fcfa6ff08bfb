"""What is written of a twin's step of training, forward and backward: <name>.json.

Tests/EngineTests/Networks/Templates/ParityFixture.swift reads it."""

import json
import math
import pathlib

import numpy as np
import torch

import formula
from step import CLASSES, VANISHING, agreeing_step, flat

FOLDER = pathlib.Path(__file__).parent
PLACES = 200
# Of gradients and statistics.
DIGITS = 5


def number(value, digits=7):
    """To as many digits as a float holds, or to fewer."""
    return float(f"{float(value):.{digits}g}")


def head(name, tensor):
    values = flat(tensor)
    places = [(2 * k + 1) * values.numel() // (2 * PLACES) for k in range(PLACES)]
    return {
        "name": name,
        "shape": list(tensor.shape),
        "sum": number(values.sum()),
        "absoluteSum": number(values.abs().sum()),
        "values": [number(values[place]) for place in places],
    }


def parameter(tensor, off, unit):
    """Name, shape, centre and limit of the values; how far float32 is off where that is worth a
    word; of the gradient the sum, the Euclidean norm, the largest magnitude, and three values. What
    is zero but for rounding is 0."""
    gradient = flat(tensor.values.grad)
    if gradient.abs().max() < VANISHING * unit:
        gradient = torch.zeros_like(gradient)
    count = gradient.numel()
    values = [gradient[(2 * k + 1) * count // 6] for k in range(3)]
    numbers = [gradient.sum(), gradient.norm(), gradient.abs().max(), *values]
    limit = float(str(np.float32(tensor.limit)))
    off = number(off, 2) if off > 1e-5 else 0
    row = [tensor.name, tensor.shape, formula.centre(tensor.name), limit, off]
    return row + [number(value, DIGITS) for value in numbers]


def statistics(twin):
    """Rows of a norm's name, its channels, the sum of its running means, that of their magnitudes,
    and the sum of its running variances."""
    for name, mean in twin.statistics.items():
        if name.endswith(".mean"):
            norm = name.removesuffix(".mean")
            values, variance = flat(mean.values), flat(twin.statistics[f"{norm}.variance"].values)
            numbers = [values.sum(), values.abs().sum(), variance.sum()]
            yield [norm, mean.shape[0], *(number(value, DIGITS) for value in numbers)]


def write(name, template, settings, twin, input_shape):
    images, exact, off = agreeing_step(twin, input_shape)
    text = {
        "template": template,
        "settings": settings,
        "input": list(input_shape),
        "images": images,
        "classes": CLASSES,
        "float32": number(off.heads, 2),
        "heads": [head(name, tensor) for name, tensor in exact.heads.items()],
        "parameters": [
            parameter(tensor, off.gradients[name], off.unit)
            for name, tensor in exact.twin.parameters.items()
        ],
        "statistics": list(statistics(exact.twin)),
    }
    rows = json.dumps(text, separators=(",", ":"))
    for key in text:
        rows = rows.replace(f',"{key}":', f',\n"{key}":')
    rows = rows.replace('[["', '[\n["').replace('],["', '],\n["')
    path = FOLDER / f"{name}.json"
    path.write_text(rows + "\n")
    count = sum(math.prod(tensor.shape) for tensor in exact.twin.parameters.values())
    size, off = path.stat().st_size, off.largest()
    print(f"{name:28} {count:12,} parameters {size:7,} bytes, float32 off by {off:.2g}", flush=True)
