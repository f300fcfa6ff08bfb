"""Networks of volumes, from the papers' figures, with zero padding."""

import torch
import torch.nn.functional as F

from twin import Twin


class VolumeTwin(Twin):
    """The finest `flat` levels have kernels and poolings that are one slice deep."""

    base, depth, flat = 4, 2, 0

    def side(self, side, level):
        return (1 if level < self.flat else side, side, side)

    def convolution3d(self, name, x, outputs, kernel, stride=None, bias=True):
        weight = self.parameter(f"{name}.weight", [outputs, x.shape[1], *kernel])
        bias = self.parameter(f"{name}.bias", [outputs]) if bias else None
        padding = [0 if stride else (side - 1) // 2 for side in kernel]
        return F.conv3d(x, weight, bias, stride or 1, padding)

    def transposed3d(self, name, x, outputs, kernel, stride, bias=True):
        """Makes every extent as many times as large as the stride says."""
        weight = self.parameter(f"{name}.weight", [x.shape[1], outputs, *kernel], stride)
        bias = self.parameter(f"{name}.bias", [outputs]) if bias else None
        beyond = [k - s for k, s in zip(kernel, stride)]
        padding = [more and 1 for more in beyond]
        further = [2 * p - more for p, more in zip(padding, beyond)]
        return F.conv_transpose3d(x, weight, bias, stride, padding, further)

    def head(self, x):
        return {"logits": self.convolution3d("head", x, self.classes, (1, 1, 1))}


class UNet3D(VolumeTwin):
    """Çiçek et al. 2016: channels double before the pooling, transposed convolutions keep theirs."""

    def block(self, name, x, outputs, level):
        for index, channels in enumerate(outputs):
            x = self.convolution3d(
                f"{name}.convolution{index}", x, channels, self.side(3, level)
            )  # fmt: skip
            x = self.norm(f"{name}.norm{index}", x).relu()
        return x

    def forward(self, x):
        base, skips = self.base, []
        for level in range(self.depth):
            x = self.block(f"encoder{level}", x, [base << level, base << level + 1], level)
            skips.append(x)
            x = F.max_pool3d(x, self.side(2, level))
        level = self.depth
        x = self.block("bottleneck", x, [base << level, base << level + 1], level)
        for level in reversed(range(self.depth)):
            name, halving = f"decoder{level}", self.side(2, level)
            x = self.transposed3d(f"{name}.up", x, x.shape[1], halving, halving)
            x = torch.cat([x, skips.pop()], 1)
            x = self.block(name, x, [base << level + 1] * 2, level)
        return self.head(x)


class FlatUNet3D(UNet3D):
    flat = 1


class ResidualUNet3D(VolumeTwin):
    """Lee et al. 2017, as the widespread code has it: a block adds its input, in the block's channels,
    to two convolutions of it."""

    def block(self, name, x, outputs, level):
        if x.shape[1] != outputs:
            x = self.convolution3d(f"{name}.shortcut", x, outputs, (1, 1, 1))
        y = x
        for index in range(2):
            y = self.convolution3d(
                f"{name}.convolution{index}", y, outputs, self.side(3, level), bias=False
            )  # fmt: skip
            y = self.norm(f"{name}.norm{index}", y)
            if index == 0:
                y = y.relu()
        return (x + y).relu()

    def forward(self, x):
        skips = []
        for level in range(self.depth):
            x = self.block(f"encoder{level}", x, self.base << level, level)
            skips.append(x)
            x = F.max_pool3d(x, self.side(2, level))
        x = self.block("bottleneck", x, self.base << self.depth, self.depth)
        for level in reversed(range(self.depth)):
            name, outputs = f"decoder{level}", self.base << level
            kernel, stride = self.side(3, level), self.side(2, level)
            x = self.transposed3d(f"{name}.up", x, outputs, kernel, stride, bias=False)
            x = self.block(name, x + skips.pop(), outputs, level)
        return self.head(x)


class VNet(VolumeTwin):
    """Milletari et al. 2016 with batch norm: stages of 1, 2 and 3 convolutions of 5×5×5."""

    def activated(self, name, x):
        x = self.norm(f"{name}.norm", x)
        return F.prelu(x, self.parameter(f"{name}.prelu.slope", [x.shape[1]]))

    def stage(self, name, x, outputs, level):
        count, y = min(level + 1, 3), x
        for index in range(count):
            inner = f"{name}.convolution{index}"
            y = self.convolution3d(inner, y, outputs, self.side(5, level), bias=False)
            y = self.activated(inner, y) if index < count - 1 else self.norm(f"{inner}.norm", y)
        # The channels that the input does not have stay as they are.
        x = F.pad(x, (0, 0, 0, 0, 0, 0, 0, outputs - x.shape[1]))
        return F.prelu(x + y, self.parameter(f"{name}.prelu.slope", [outputs]))

    def forward(self, x):
        base, skips = self.base, []
        x = self.stage("encoder0", x, base, 0)
        for level in range(1, self.depth + 1):
            skips.append(x)
            name = f"encoder{level}" if level < self.depth else "bottleneck"
            halving = self.side(2, level - 1)
            x = self.convolution3d(f"{name}.down", x, base << level, halving, halving, bias=False)
            x = self.stage(name, self.activated(f"{name}.down", x), base << level, level)
        for level in reversed(range(self.depth)):
            name, halving = f"decoder{level}", self.side(2, level)
            x = self.transposed3d(f"{name}.up", x, base << level, halving, halving, bias=False)
            x = torch.cat([self.activated(f"{name}.up", x), skips.pop()], 1)
            x = self.stage(name, x, base << level + 1, level)
        return self.head(x)


class Sensor3D(VolumeTwin):
    """Novikov et al. 2019: a U-Net of slices between two bidirectional convolutional LSTMs."""

    memory = 3

    def lstm(self, name, x, backward):
        """Gates in the order input, forget, output, candidate; slice by slice."""
        hidden, size = self.memory, x.shape[-2:]
        gates = self.convolution3d(f"{name}.input", x, 4 * hidden, (1, 3, 3), bias=False)
        weight = self.parameter(f"{name}.hidden.weight", [4 * hidden, hidden, 3, 3])
        bias = self.parameter(f"{name}.hidden.bias", [4 * hidden])
        h = c = torch.zeros(x.shape[0], hidden, *size, dtype=x.dtype)
        steps = range(x.shape[2])
        outputs = {}
        for t in reversed(steps) if backward else steps:
            i, f, o, g = (gates[:, :, t] + F.conv2d(h, weight, bias, padding=1)).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = outputs[t] = o.sigmoid() * c.tanh()
        return torch.stack([outputs[t] for t in steps], 2)

    def memories(self, name, x):
        both = [self.lstm(f"{name}.{d}", x, d == "backward") for d in ("forward", "backward")]
        return torch.cat(both, 1)

    def block(self, name, x, outputs):
        for index in range(2):
            x = self.convolution3d(f"{name}.convolution{index}", x, outputs, (1, 3, 3)).relu()
        return x

    def forward(self, x):
        skips = []
        x = self.memories("encoder0", x)
        for level in range(1, self.depth + 1):
            skips.append(x)
            x = self.block(f"encoder{level}", F.max_pool3d(x, (1, 2, 2)), 2 * self.memory << level)
        for level in reversed(range(self.depth)):
            name, outputs = f"decoder{level}", 2 * self.memory << level
            x = F.interpolate(x, scale_factor=(1, 2, 2), mode="nearest")
            x = self.convolution3d(f"{name}.up.convolution", x, outputs, (1, 3, 3)).relu()
            x = torch.cat([x, skips.pop()], 1)
            x = self.block(name, x, outputs) if level else self.memories(name, x)
        return self.head(x)


SMALL = {"base_channels": 4, "depth": 2}
CASES = [
    ("unet3d", "unet3d", SMALL, UNet3D, (2, 2, 8, 12, 16)),
    ("unet3d-flat", "unet3d", {**SMALL, "flat_levels": 1}, FlatUNet3D, (2, 1, 6, 12, 16)),
    ("residual_unet3d", "residual_unet3d", SMALL, ResidualUNet3D, (2, 2, 8, 12, 16)),
    ("vnet", "vnet", SMALL, VNet, (2, 2, 8, 12, 16)),
    ("sensor3d", "sensor3d", {"memory_channels": 3, "depth": 2}, Sensor3D, (2, 2, 5, 8, 12)),
]
