"""The files of a fixture: <name>.json, the manifest, and <name>.f32, every tensor's values one
after the other as 32-bit little-endian floats, last index fastest. Tests/EngineTests/Fixtures.swift
reads them."""

import copy
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent
SAMPLES = 8
IGNORED = 255


class TrainingStep:
    """One forward and backward pass in training, and the evaluation after it, on a copy of the
    network in the given precision."""

    def __init__(self, network, x, labels, precision=torch.float64):
        self.network = copy.deepcopy(network).to(precision).train()
        x = x.to(precision).clone().requires_grad_()
        self.logits = self.network(x)
        self.loss = F.cross_entropy(self.logits, labels, ignore_index=IGNORED)
        self.loss.backward()
        self.input_gradient = x.grad
        self.gradients = {name: p.grad for name, p in self.network.named()}
        self.statistics = dict(self.network.statistics())
        with torch.no_grad():
            self.evaluation_logits = self.network.eval()(x)

    def error(self, reference):
        """How far this step is from the reference: for what tolerance a comparison is fair."""

        def distance(value, exact):
            return ((value.double() - exact).norm() / exact.norm()).item()

        gradients = [
            distance(self.gradients[name], exact)
            for name, exact in reference.gradients.items()
            if exact.norm() > 1e-9  # a bias before a batch norm has none
        ]
        return {
            "float32.loss": abs(self.loss.item() - reference.loss.item()),
            "float32.logits": distance(self.logits, reference.logits),
            "float32.gradient.input": distance(self.input_gradient, reference.input_gradient),
            "float32.gradients": max(gradients),
            "float32.evaluation.logits": distance(
                self.evaluation_logits, reference.evaluation_logits
            ),
        }


SCALARS = (
    "float32.*: how far PyTorch's own float32 is from these values, for the loss the difference,"
    " else the relative Euclidean distance, for the gradients the largest."
)


def rounded(scalar):
    """To nine digits, more than a float holds."""
    return float(f"{scalar.item():.9g}")


class FixtureFile:
    """What is written of a training step; its scalars are there from the start."""

    def __init__(self, name, about, network, x, labels):
        self.name = name
        self.about = about + " " + SCALARS
        self.step = TrainingStep(network, x, labels)
        in_float32 = TrainingStep(network, x, labels, torch.float32)
        self.scalars = {"loss": self.step.loss.item(), **in_float32.error(self.step)}
        self.tensors = []
        self.values = []
        self.sampled_gradients = []
        self.length = 0

    def add(self, name, tensor):
        values = np.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
        self.tensors.append({"name": name, "shape": list(values.shape), "offset": self.length})
        self.values.append(values.ravel())
        self.length += values.size

    def add_sampled_gradient(self, name, gradient):
        """The sum, the norm and SAMPLES evenly spread entries of a gradient."""
        values = gradient.detach().double().flatten()
        indices = sorted({i * (values.numel() - 1) // (SAMPLES - 1) for i in range(SAMPLES)})
        self.sampled_gradients.append(
            {
                "name": name,
                "shape": list(gradient.shape),
                "sum": rounded(values.sum()),
                "norm": rounded(values.norm()),
                "indices": indices,
                "values": [rounded(values[i]) for i in indices],
            }
        )

    def write(self):
        manifest = {
            "about": self.about,
            "scalars": self.scalars,
            "tensors": self.tensors,
            "sampledGradients": self.sampled_gradients,
        }
        lines = json.dumps(manifest, ensure_ascii=False)
        for key in ('"scalars"', '"tensors"', '"sampledGradients"', '{"name"'):
            lines = lines.replace(key, "\n" + key)
        (FOLDER / f"{self.name}.json").write_text(lines + "\n")
        (FOLDER / f"{self.name}.f32").write_bytes(np.concatenate(self.values).tobytes())
