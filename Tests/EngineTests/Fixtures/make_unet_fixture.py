"""Writes unet.{json,f32} and unet-batch-norm.{json,f32}: a small U-Net in PyTorch, one step of
training forward and backward, and the evaluation after it.

    python make_unet_fixture.py

Computed in float64 from float32 inputs and parameters, and rounded to float32 when written.
"""

import torch
import torch.nn.functional as F
from torch import nn

from fixture_file import IGNORED, FixtureFile

BASE, DEPTH, CLASSES = 4, 2, 3


class DoubleConvolution(nn.Module):
    """Twice: convolution 3×3, batch norm if any (then without bias), ReLU."""

    def __init__(self, inputs, outputs, norm):
        super().__init__()
        self.convolutions = nn.ModuleList(
            nn.Conv2d(i, outputs, 3, padding=1, bias=not norm) for i in (inputs, outputs)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(outputs) for _ in range(2)) if norm else None

    def forward(self, x):
        for k, convolution in enumerate(self.convolutions):
            x = convolution(x)
            x = F.relu(self.norms[k](x) if self.norms else x)
        return x


class UNet(nn.Module):
    """Ronneberger et al. 2015 as DeepDetect builds it: padded convolutions, ReLU after each
    up-convolution, [up, skip] concatenated. Level 0 is the full resolution."""

    def __init__(self, norm):
        super().__init__()
        widths = [BASE << level for level in range(DEPTH + 1)]
        self.encoders = nn.ModuleList(
            DoubleConvolution(3 if level == 0 else widths[level - 1], widths[level], norm)
            for level in range(DEPTH)
        )
        self.bottleneck = DoubleConvolution(widths[DEPTH - 1], widths[DEPTH], norm)
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(widths[level + 1], widths[level], 2, stride=2)
            for level in range(DEPTH)
        )
        self.decoders = nn.ModuleList(
            DoubleConvolution(2 * widths[level], widths[level], norm) for level in range(DEPTH)
        )
        self.head = nn.Conv2d(BASE, CLASSES, 1)

    def forward(self, x):
        skips = []
        for encoder in self.encoders:
            skips.append(encoder(x))
            x = F.max_pool2d(skips[-1], 2)
        x = self.bottleneck(x)
        for level in reversed(range(DEPTH)):
            up = F.relu(self.ups[level](x))
            x = self.decoders[level](torch.cat([up, skips[level]], 1))
        return self.head(x)

    def blocks(self):
        for level in range(DEPTH):
            yield f"encoder{level}", self.encoders[level]
        yield "bottleneck", self.bottleneck
        for level in reversed(range(DEPTH)):
            yield f"decoder{level}", self.decoders[level]

    def named(self):
        """Parameters under the engine's names, in the order of the computation."""
        for block, module in self.blocks():
            if block.startswith("decoder"):
                up = self.ups[int(block[-1])]
                yield f"{block}.up.weight", up.weight
                yield f"{block}.up.bias", up.bias
            for k, convolution in enumerate(module.convolutions):
                yield f"{block}.convolution{k}.weight", convolution.weight
                if convolution.bias is not None:
                    yield f"{block}.convolution{k}.bias", convolution.bias
                if module.norms:
                    yield f"{block}.norm{k}.scale", module.norms[k].weight
                    yield f"{block}.norm{k}.shift", module.norms[k].bias
        yield "head.weight", self.head.weight
        yield "head.bias", self.head.bias

    def statistics(self):
        for block, module in self.blocks():
            for k, norm in enumerate(module.norms or []):
                yield f"{block}.norm{k}.mean", norm.running_mean
                yield f"{block}.norm{k}.variance", norm.running_var


def float32(tensor):
    """The same values as a float64 tensor: what the engine starts from, exactly."""
    return tensor.float().double()


def make(name, norm):
    torch.manual_seed(7)
    net = UNet(norm).double()
    with torch.no_grad():
        for parameter_name, parameter in net.named():
            if parameter_name.endswith((".bias", ".shift")):
                parameter.uniform_(-0.2, 0.2)
            elif parameter_name.endswith(".scale"):
                parameter.uniform_(0.5, 1.5)
            else:
                fan_in = parameter[0].numel() if ".up." not in parameter_name else len(parameter)
                parameter.normal_(0, (2 / fan_in) ** 0.5)
            parameter.copy_(float32(parameter))
    x = float32(torch.randn(2, 3, 16, 24))
    labels = torch.randint(0, CLASSES, (2, 16, 24))
    labels[torch.rand(2, 16, 24) < 0.1] = IGNORED

    file = FixtureFile(
        name,
        f"U-Net, {BASE} base channels, depth {DEPTH}, {CLASSES} classes"
        + (", batch norm (epsilon 1e-5, momentum 0.1)" if norm else "")
        + ". loss: cross-entropy, mean over valid pixels. Convolution weights OIHW, up-convolution"
        " weights IOHW. gradient.<parameter>, gradient.input: of the loss. <norm>.mean, .variance:"
        " running statistics after the one training step. evaluation.logits: with them.",
        net,
        x,
        labels,
    )
    file.add("input", x)
    file.add("labels", labels)
    for parameter_name, parameter in net.named():
        file.add(parameter_name, parameter)
    file.add("logits", file.step.logits)
    file.add("gradient.input", file.step.input_gradient)
    for parameter_name, gradient in file.step.gradients.items():
        file.add(f"gradient.{parameter_name}", gradient)
    for statistic_name, statistic in file.step.statistics.items():
        file.add(statistic_name, statistic)
    file.add("evaluation.logits", file.step.evaluation_logits)
    file.write()
    assert len(list(net.parameters())) == len(file.step.gradients)


make("unet", norm=False)
make("unet-batch-norm", norm=True)
