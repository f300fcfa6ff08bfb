"""U-Net and its relatives, from the papers' figures."""

import re

import segmentation_models_pytorch as smp
import torch
import torch.nn.functional as F

from twin import ModuleTwin, Twin, resize


class UNet(Twin):
    """Ronneberger, Fischer & Brox 2015 with zero padding, the channels halved at every level."""

    base, depth = 8, 3
    normalizes = has_attention = is_residual = False

    def normalized(self, name, x):
        return self.norm(name, x) if self.normalizes else x

    def double(self, name, x, outputs, middle=None):
        bias = not self.normalizes
        y = x
        for index, channels in enumerate((middle or outputs, outputs)):
            y = self.convolution(f"{name}.convolution{index}", y, channels, bias=bias)
            y = self.normalized(f"{name}.norm{index}", y)
            if index == 0:
                y = y.relu()
        if not self.is_residual:
            return y.relu()
        if x.shape[1] != outputs:
            x = self.convolution(f"{name}.shortcut", x, outputs, 1, bias=bias)
            x = self.normalized(f"{name}.shortcutNorm", x)
        return (y + x).relu()

    def up(self, name, x, skip):
        return self.transposed(name, x, skip.shape[1]).relu()

    def gate(self, name, x, g):
        """The additive gate of Oktay et al. 2018."""
        half = x.shape[1] // 2

        def projection(part, y, outputs):
            y = self.convolution(f"{name}.{part}", y, outputs, 1)
            return self.norm(f"{name}.{part}Norm", y)

        both = (projection("x", x, half) + projection("g", g, half)).relu()
        return x * projection("psi", both, 1).sigmoid()

    def level(self, index):
        """Channels of the encoder and of the decoder."""
        return self.base << index, self.base << index

    def forward(self, x):
        skips = []
        for index in range(self.depth):
            x = self.double(f"encoder{index}", x, self.level(index)[0])
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.double("bottleneck", x, self.level(self.depth)[1])
        for index in reversed(range(self.depth)):
            name, skip = f"decoder{index}", skips.pop()
            x = self.up(f"{name}.up", x, skip)
            if self.has_attention:
                skip = self.gate(f"{name}.gate", skip, x)
            x = self.double(name, torch.cat([x, skip], 1), self.level(index)[1], skip.shape[1])
        return {"logits": self.convolution("head", x, self.classes, 1)}


class UNetNormalized(UNet):
    normalizes = True


class UNetBilinear(UNet):
    """Interpolation cannot halve the channels, so the last convolution of the level below does."""

    normalizes = is_residual = True

    def level(self, index):
        return self.base << index, self.base << max(0, index - 1)

    def up(self, name, x, skip):
        return resize(x, skip.shape[2:], corners=True)


class AttentionUNet(UNetNormalized):
    has_attention = True


class ResidualUNet(Twin):
    """Drozdzal et al. 2016, as in the authors' code: pre-activation blocks, summed skips."""

    base = 8

    def activated(self, name, x):
        return self.norm(name, x).relu()

    def simple(self, name, x, width, down, size):
        y = self.activated(f"{name}.norm1", x)
        y = F.max_pool2d(y, 2, ceil_mode=True) if down else y
        y = self.convolution(f"{name}.convolution1", y, width)
        return self.joined(name, x, y, down, size, size)

    def bottleneck(self, name, x, width, down, size):
        y = self.activated(f"{name}.norm1", x)
        y = self.convolution(f"{name}.convolution1", y, width, 1, stride=2 if down else 1)
        y = self.convolution(f"{name}.convolution2", self.activated(f"{name}.norm2", y), width)
        y = self.enlarged(self.activated(f"{name}.norm3", y), size)
        y = self.convolution(f"{name}.convolution3", y, 4 * width, 1)
        return self.joined(name, x, y, down, size, None)

    def joined(self, name, x, y, down, size, branch_size):
        shortcut = x[:, :, ::2, ::2] if down else x
        if x.shape[1] != y.shape[1]:
            shortcut = self.convolution(f"{name}.shortcut", shortcut, y.shape[1], 1)
        return self.enlarged(shortcut, size) + self.enlarged(y, branch_size)

    def enlarged(self, x, size):
        return x if size is None else F.interpolate(x, size=tuple(size), mode="nearest")

    def stage(self, name, x, form, blocks, width, down, size=None):
        for index in range(1, blocks + 1):
            x = form(
                f"{name}.block{index}", x, width, down and index == 1,
                size if index == blocks else None,
            )  # fmt: skip
        return x

    def forward(self, x):
        simple, bottleneck, base = self.simple, self.bottleneck, self.base
        stages = [(simple, 1, base), (simple, 1, base)]
        stages += [(bottleneck, blocks, base << i) for i, blocks in enumerate([3, 8, 10])]
        x = self.convolution("pre.convolution", x, base)
        skips = [x]
        for number, stage in enumerate(stages, 1):
            x = self.stage(f"down{number}", x, *stage, down=True)
            skips.append(x)
        x = self.stage("across", x, bottleneck, 3, 8 * base, True, x.shape[2:])
        for number, stage in enumerate(reversed(stages), 1):
            name, skip = f"up{number}", skips.pop()
            x = self.skipped(name, x, skip)
            x = self.stage(name, x, *stage, down=False, size=skips[-1].shape[2:])
        x = self.skipped("post", x, skips[0])
        x = self.convolution("post.convolution", self.activated("post.norm", x), base)
        return {"logits": self.convolution("head", x, self.classes, 1)}

    def skipped(self, name, x, skip):
        if x.shape[1] != skip.shape[1]:
            x = self.convolution(f"{name}.reduce", x, skip.shape[1], 1)
        return x + skip


class UNetOnResNet(ModuleTwin):
    """segmentation_models_pytorch's."""

    def build(self, classes):
        return smp.Unet("resnet34", encoder_weights=None, classes=classes)

    def rename(self, layer):
        layer = re.sub(
            r"^decoder\.blocks\.(\d)\.conv(\d)\.([01])$",
            lambda m: f"decoder{4 - int(m[1])}.{['convolution', 'norm'][int(m[3])]}{int(m[2]) - 1}",
            layer,
        )
        return layer.replace("segmentation_head.0", "head")

    def forward(self, x):
        return {"logits": self.module(x)}


class UNetOnDenseNet(UNetOnResNet):
    """Its last map is rectified, as torchvision's DenseNet does it."""

    def build(self, classes):
        network = smp.Unet("densenet121", encoder_weights=None, classes=classes)
        network.encoder.features.norm5.register_forward_hook(lambda _, inputs, x: x.relu())
        return network


class UNetPlusPlus(UNetOnResNet):
    """The library counts the maps of a resolution from the coarsest, the paper from the finest."""

    def build(self, classes):
        return smp.UnetPlusPlus("resnet34", encoder_weights=None, classes=classes)

    def rename(self, layer):
        def name(m):
            first, second = int(m[1]), int(m[2])
            part = ["convolution", "norm"][int(m[4])]
            return f"x{4 - second}_{second - first + 1}.{part}{int(m[3]) - 1}"

        layer = re.sub(r"^decoder\.blocks\.x_(\d)_(\d)\.conv(\d)\.([01])$", name, layer)
        return layer.replace("segmentation_head.0", "head")


SMALL = {"base_channels": 8, "depth": 3}
CASES = [
    ("unet", "unet", {**SMALL, "norm": "none"}, UNet, (2, 3, 32, 48)),
    ("unet-batch-norm", "unet", {**SMALL, "norm": "batch"}, UNetNormalized, (2, 3, 32, 48)),
    (
        "unet-bilinear-residual", "unet",
        {**SMALL, "norm": "batch", "up": "bilinear", "residual": True}, UNetBilinear,
        (2, 3, 37, 51),
    ),
    ("attention_unet", "attention_unet", SMALL, AttentionUNet, (2, 3, 32, 48)),
    (
        "residual_unet", "residual_unet", {"base_channels": 8, "dropout": 0}, ResidualUNet,
        (2, 3, 93, 131),
    ),
    ("unet-resnet34", "unet", {"encoder": "resnet34"}, UNetOnResNet, (2, 3, 64, 96)),
    (
        "unet-densenet121", "unet", {"encoder": "densenet121"}, UNetOnDenseNet, (2, 3, 64, 96),
    ),
    ("unetplusplus", "unetplusplus", {"encoder": "resnet34"}, UNetPlusPlus, (2, 3, 64, 96)),
]  # fmt: skip
