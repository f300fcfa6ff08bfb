"""Writes enet.{json,f32}: ENet as its authors' code has it (Paszke et al. 2016), without dropout,
one step of training forward and backward, and the evaluation after it.

    python make_enet_fixture.py

The 362 thousand parameters are not stored but follow from their place: see `formula`. Computed in
float64, rounded to float32 when written.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from fixture_file import IGNORED, FixtureFile

torch.set_default_dtype(torch.float64)
CLASSES, EPSILON = 3, 1e-3


def norm(channels):
    return nn.BatchNorm2d(channels, eps=EPSILON)


def activation(channels, encoder):
    return nn.PReLU(channels) if encoder else nn.ReLU()


class Initial(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(3, 13, 3, stride=2, padding=1)
        self.norm = norm(16)
        self.activation = activation(16, True)

    def forward(self, x):
        return self.activation(self.norm(torch.cat([self.convolution(x), F.max_pool2d(x, 2)], 1)))


class Bottleneck(nn.Module):
    """A regular bottleneck: `kind` is the dilation of the middle convolution, or "asymmetric"."""

    def __init__(self, channels, kind=1, encoder=True, inputs=None):
        super().__init__()
        internal = channels // 4
        self.reduce = nn.Conv2d(inputs or channels, internal, 1, bias=False)
        self.reduceNorm = norm(internal)
        self.reduceActivation = activation(internal, encoder)
        if kind == "asymmetric":
            self.main0 = nn.Conv2d(internal, internal, (1, 5), padding=(0, 2), bias=False)
            self.main1 = nn.Conv2d(internal, internal, (5, 1), padding=(2, 0))
        else:
            self.main = nn.Conv2d(internal, internal, 3, padding=kind, dilation=kind)
        self.mainNorm = norm(internal)
        self.mainActivation = activation(internal, encoder)
        self.expand = nn.Conv2d(internal, channels, 1, bias=False)
        self.expandNorm = norm(channels)
        self.activation = activation(channels, encoder)

    def middle(self, x):
        return self.main1(self.main0(x)) if hasattr(self, "main0") else self.main(x)

    def extension(self, x):
        x = self.reduceActivation(self.reduceNorm(self.reduce(x)))
        x = self.mainActivation(self.mainNorm(self.middle(x)))
        return self.expandNorm(self.expand(x))

    def forward(self, x):
        return self.activation(x + self.extension(x))


class Downsampling(Bottleneck):
    """Its shortcut is pooled, the positions of the maxima kept, and padded with zero channels."""

    def __init__(self, inputs, channels):
        super().__init__(channels)
        self.reduce = nn.Conv2d(inputs, channels // 4, 2, stride=2, bias=False)
        self.padding = channels - inputs

    def forward(self, x):
        pooled, positions = F.max_pool2d(x, 2, return_indices=True)
        shortcut = F.pad(pooled, (0, 0, 0, 0, 0, self.padding))
        return self.activation(shortcut + self.extension(x)), positions


class Upsampling(Bottleneck):
    """Its shortcut is put back to where the maxima of the matching downsampling stood."""

    def __init__(self, inputs, channels):
        super().__init__(channels, encoder=False, inputs=inputs)
        internal = channels // 4
        self.main = nn.ConvTranspose2d(
            internal, internal, 3, stride=2, padding=1, output_padding=1
        )
        self.shortcut = nn.Conv2d(inputs, channels, 1, bias=False)
        self.shortcutNorm = norm(channels)

    def forward(self, x, positions):
        shortcut = F.max_unpool2d(self.shortcutNorm(self.shortcut(x)), positions, 2)
        return self.activation(shortcut + self.extension(x))


class ENet(nn.Module):
    def __init__(self):
        super().__init__()
        kinds = [1, 2, "asymmetric", 4, 1, 8, "asymmetric", 16]
        self.initial = Initial()
        self.bottleneck1_0 = Downsampling(16, 64)
        for k in range(1, 5):
            self.add_module(f"bottleneck1_{k}", Bottleneck(64))
        self.bottleneck2_0 = Downsampling(64, 128)
        for stage in (2, 3):
            for k, kind in enumerate(kinds, start=1):
                self.add_module(f"bottleneck{stage}_{k}", Bottleneck(128, kind))
        self.bottleneck4_0 = Upsampling(128, 64)
        for k in (1, 2):
            self.add_module(f"bottleneck4_{k}", Bottleneck(64, encoder=False))
        self.bottleneck5_0 = Upsampling(64, 16)
        self.bottleneck5_1 = Bottleneck(16, encoder=False)
        self.fullconv = nn.ConvTranspose2d(16, CLASSES, 2, stride=2)

    def forward(self, x):
        positions = []
        for name, module in self.named_children():
            if isinstance(module, Downsampling):
                x, where = module(x)
                positions.append(where)
            elif isinstance(module, Upsampling):
                x = module(x, positions.pop())
            else:
                x = module(x)
        return x

    def named(self):
        """Parameters under the engine's names."""
        renamed = {
            nn.BatchNorm2d: {"weight": "scale", "bias": "shift"},
            nn.PReLU: {"weight": "slope"},
        }
        for path, module in self.named_modules():
            for own, parameter in module.named_parameters(recurse=False):
                yield f"{path}.{renamed.get(type(module), {}).get(own, own)}", parameter

    def statistics(self):
        for path, module in self.named_modules():
            if isinstance(module, nn.BatchNorm2d):
                yield f"{path}.mean", module.running_mean
                yield f"{path}.variance", module.running_var


def wave(count, phase):
    """sin(i² + phase) for i = 0 ..< count, in float64."""
    return torch.tensor([math.sin(i * i + phase) for i in range(count)])


def formula(index, name, shape):
    """The parameter with this index in the manifest's order, as float32."""
    value = wave(math.prod(shape), index).reshape(shape)
    if name.endswith(".scale"):
        value = 1 + 0.25 * value
    elif name.endswith(".slope"):
        value = 0.25 + 0.1 * value
    elif name.endswith((".bias", ".shift")):
        value = 0.1 * value
    else:
        transposed = name == "fullconv.weight" or name in (
            "bottleneck4_0.main.weight", "bottleneck5_0.main.weight"
        )  # fmt: skip
        inputs = shape[0] if transposed else shape[1]
        value = 2 / math.sqrt(inputs * shape[2] * shape[3]) * value
    return value.float().double()


ABOUT = (
    "ENet of its authors' code, 3 classes, dropout off, batch norm epsilon 1e-3, momentum"
    " 0.1. Parameter number n (from 0) of sampledGradients, entry i (last index fastest): w ="
    " sin(i² + n) in double; .scale 1 + 0.25 w; .slope 0.25 + 0.1 w; .bias and .shift 0.1 w;"
    " .weight 2 w / sqrt(inputs * kernel height * kernel width); rounded to float. Weights"
    " OIHW, transposed convolutions (bottleneck4_0.main, bottleneck5_0.main, fullconv) IOHW."
    " loss: cross-entropy, mean over valid pixels. gradient.input and sampledGradients: of the"
    " loss. <norm>.mean, .variance: running statistics after the one training step."
    " evaluation.logits: with them. parameters.sum, .norm: of all parameters."
)


def make():
    torch.manual_seed(11)
    net = ENet()
    with torch.no_grad():
        for index, (name, parameter) in enumerate(net.named()):
            parameter.copy_(formula(index, name, parameter.shape))
    x = torch.randn(2, 3, 32, 48).float().double()
    labels = torch.randint(0, CLASSES, (2, 32, 48))
    labels[torch.rand(2, 32, 48) < 0.1] = IGNORED

    file = FixtureFile("enet", ABOUT, net, x, labels)
    values = torch.cat([parameter.flatten() for _, parameter in net.named()])
    file.scalars["parameters.sum"] = values.sum().item()
    file.scalars["parameters.norm"] = values.norm().item()
    file.add("input", x)
    file.add("labels", labels)
    file.add("logits", file.step.logits)
    file.add("gradient.input", file.step.input_gradient)
    for name, gradient in file.step.gradients.items():
        file.add_sampled_gradient(name, gradient)
    for name, statistic in file.step.statistics.items():
        file.add(name, statistic)
    file.add("evaluation.logits", file.step.evaluation_logits)
    file.write()
    count = sum(p.numel() for _, p in net.named())
    assert count == 338_156 + 25_700 - 65 * 12 + 65 * CLASSES
    assert len(list(net.parameters())) == len(file.step.gradients)


make()
