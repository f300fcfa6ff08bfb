"""Writes golden-spatial.json: what PyTorch makes of small features of one, two and three spatial axes.

    python make_golden_spatial.py        (torch 2)

Resizing is computed in single precision, in which PyTorch finds its neighbours; convolutions in double.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent


def values(shape, phase, dtype):
    """Multiples of 1/64 between -1 and 1, exact in every precision."""
    numbers = [round(64 * math.sin(1.7 * i + phase)) / 64 for i in range(math.prod(shape))]
    return torch.tensor(numbers, dtype=dtype).reshape(shape)


def flat(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().flatten().tolist()]


def case(fields, function, tensors):
    """The outputs of a function of tensors, and the gradients for a drawn gradient of the output."""
    for tensor in tensors:
        tensor.requires_grad_()
    output = function(*tensors)
    slope = values(output.shape, 0.3, output.dtype)
    output.backward(slope)
    return fields | {
        "input": flat(tensors[0]), "inputShape": list(tensors[0].shape),
        "parameters": [flat(tensor) for tensor in tensors[1:]],
        "output": flat(output), "outputShape": list(output.shape), "outputGradient": flat(slope),
        "inputGradient": flat(tensors[0].grad),
        "parameterGradients": [flat(tensor.grad) for tensor in tensors[1:]],
    }  # fmt: skip


LINEAR = {1: "linear", 2: "bilinear", 3: "trilinear"}

# The extents of the input, then of the target or the factor of each axis.
RESIZES = [
    ([5], [8], None), ([7], [3], None), ([5], None, [1.7]), ([6], None, [0.5]),
    ([3, 4], [6, 8], None), ([5, 4], [2, 7], None), ([3, 4], None, [2.0, 2.0]),
    ([5, 6], None, [1.5, 0.7]), ([1, 1], [3, 2], None),
    ([2, 3, 4], [4, 6, 8], None), ([3, 4, 3], [2, 4, 7], None), ([2, 3, 2], None, [1.0, 2.0, 2.5]),
]  # fmt: skip


def resizes():
    for extents, size, scale in RESIZES:
        for mode in ["nearest", LINEAR[len(extents)]]:
            fields = {"kind": "nearest" if mode == "nearest" else "linear"}
            fields |= {"size": size} if size else {"scale": scale}
            aligned = {} if mode == "nearest" else {"align_corners": False}
            yield case(
                fields,
                lambda x: F.interpolate(x, size=size, scale_factor=scale, mode=mode, **aligned),
                [values([1, 2, *extents], 0.1, torch.float32)],
            )


# Kernel, stride, padding, dilation; the padding of the output where it is transposed.
CONVOLUTIONS = [
    ([9], [3], [1], [1], [1]), ([9], [4], [2], [1], [2]),
    ([3, 4, 5], [3, 3, 3], [1, 1, 1], [1, 1, 1], [1, 1, 1]),
    ([4, 5, 6], [2, 3, 1], [1, 2, 2], [0, 1, 0], [2, 1, 1]),
]  # fmt: skip
TRANSPOSED = [
    ([4], [3], [2], [1], [1]),
    ([2, 3, 2], [2, 2, 2], [2, 2, 2], [0, 0, 0], [0, 0, 0]),
    ([2, 3, 2], [3, 2, 3], [2, 1, 2], [1, 0, 1], [1, 0, 0]),
]  # fmt: skip


def convolutions():
    double = torch.float64
    for extents, kernel, stride, padding, dilation in CONVOLUTIONS:
        function = [F.conv1d, F.conv2d, F.conv3d][len(kernel) - 1]
        yield case(
            {"kind": "convolution", "kernel": kernel, "stride": stride, "padding": padding,
             "dilation": dilation},
            lambda x, w, b: function(x, w, b, stride, padding, dilation),
            [values([2, 2, *extents], 0.1, double), values([4, 2, *kernel], 0.2, double),
             values([4], 0.5, double)],
        )  # fmt: skip
    for extents, kernel, stride, padding, more in TRANSPOSED:
        function = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d][len(kernel) - 1]
        yield case(
            {"kind": "transposed", "kernel": kernel, "stride": stride, "padding": padding,
             "outputPadding": more},
            lambda x, w, b: function(x, w, b, stride, padding, more),
            [values([2, 3, *extents], 0.1, double), values([3, 2, *kernel], 0.2, double),
             values([2], 0.5, double)],
        )  # fmt: skip


lines = [json.dumps(case, separators=(",", ":")) for case in [*resizes(), *convolutions()]]
(FOLDER / "golden-spatial.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
