"""Networks on ResNet-50 (He et al. 2016): PSPNet, DeepLabV3, DeepLabV3+, KSAC, FastFCN and GCN."""

import re

import torch
import torch.nn.functional as F
import torchvision

from twin import ModuleTwin, Twin, resize


class ResNetTwin(Twin):
    """The stride of a bottleneck is at its 3×3 convolution, as in torchvision."""

    output_stride, is_deep, grid = 32, False, (1, 1, 1)

    def encode(self, x):
        """The stem's map and those of the four stages."""
        if self.is_deep:
            x = self.unit("encoder.conv1.0", "encoder.conv1.1", x, 64, 3, stride=2)
            x = self.unit("encoder.conv1.3", "encoder.conv1.4", x, 64, 3)
            x = self.unit("encoder.conv1.6", "encoder.bn1", x, 128, 3)
        else:
            x = self.unit("encoder.conv1", "encoder.bn1", x, 64, 7, stride=2)
        maps = [x]
        x = F.max_pool2d(x, 3, stride=2, padding=1)
        reached, dilation = 4, 1
        for stage, blocks in enumerate([3, 4, 6, 3]):
            stride, before = (1 if stage == 0 else 2), dilation
            if reached * stride > self.output_stride:
                stride, dilation = 1, 2 * dilation
            reached *= stride
            for index in range(blocks):
                rate = before if index == 0 else dilation
                if stage == 3 and stride == 1 and self.grid != (1, 1, 1):
                    rate = dilation * self.grid[index]
                name = f"encoder.layer{stage + 1}.{index}"
                x = self.bottleneck(name, x, 64 << stage, stride if index == 0 else 1, rate)
            maps.append(x)
        return maps

    def bottleneck(self, name, x, width, stride, dilation):
        y = self.unit(f"{name}.conv1", f"{name}.bn1", x, width)
        y = self.unit(f"{name}.conv2", f"{name}.bn2", y, width, 3, stride=stride, dilation=dilation)
        y = self.unit(f"{name}.conv3", f"{name}.bn3", y, 4 * width, activation=None)
        if x.shape != y.shape:
            x = self.unit(
                f"{name}.downsample.0", f"{name}.downsample.1", x, 4 * width, activation=None,
                stride=stride,
            )  # fmt: skip
        return (y + x).relu()


class PSPNetHead(Twin):
    def pyramid(self, x):
        levels = [x]
        for bins in (1, 2, 3, 6):
            level = F.adaptive_avg_pool2d(x, bins)
            level = self.unit(f"ppm.bin{bins}.conv", f"ppm.bin{bins}.bn", level, 512)
            levels.append(resize(level, x.shape[2:], corners=True))
        return torch.cat(levels, 1)

    def scores(self, name, x, size):
        return resize(self.convolution(name, x, self.classes, 1), size, corners=True)

    def auxiliary(self, x, size):
        x = self.unit("aux.conv", "aux.bn", x, x.shape[1] // 4, 3)
        return self.scores("aux.classifier", x, size)


class PSPNet50(ResNetTwin, PSPNetHead):
    output_stride, is_deep = 8, True

    def forward(self, x):
        size = x.shape[2:]
        maps = self.encode(x)
        x = self.unit("cls.conv", "cls.bn", self.pyramid(maps[4]), 512, 3)
        return {
            "logits": self.scores("cls.classifier", x, size),
            "auxiliary": self.auxiliary(maps[3], size),
        }


class DeepLabV3(ModuleTwin):
    """torchvision's."""

    def build(self, classes):
        return torchvision.models.segmentation.deeplabv3_resnet50(
            weights=None, weights_backbone=None, num_classes=classes, aux_loss=True
        )

    def rename(self, layer):
        layer = re.sub(r"^backbone", "encoder", layer)
        for own, name in (("aux_classifier.0", "aux.conv"), ("aux_classifier.1", "aux.bn")):
            layer = name if layer == own else layer
        return layer.replace("aux_classifier.4", "aux.classifier")

    def forward(self, x):
        heads = self.module(x)
        return {"logits": heads["out"], "auxiliary": heads["aux"]}


class AtrousTwin(ResNetTwin):
    is_separable = False

    def refined(self, name, norm, x, dilation=1):
        if self.is_separable:
            return self.separable(name, x, 256, dilation, F.relu)
        return self.unit(f"{name}{norm[0]}", f"{name}{norm[1]}", x, 256, 3, dilation=dilation)

    def image_mean(self, name, x, activation=F.relu):
        mean = x.mean((2, 3), keepdim=True)
        return self.unit(f"{name}.1", f"{name}.2", mean, 256, activation=activation).expand(
            -1, -1, *x.shape[2:]
        )

    def atrous(self, name, x, rates):
        branches = [self.unit(f"{name}.convs.0.0", f"{name}.convs.0.1", x, 256)]
        for index, rate in enumerate(rates, 1):
            branches.append(self.refined(f"{name}.convs.{index}", (".0", ".1"), x, rate))
        branches.append(self.image_mean(f"{name}.convs.{len(rates) + 1}", x))
        return self.unit(f"{name}.project.0", f"{name}.project.1", torch.cat(branches, 1), 256)


class DeepLabV3Plus(AtrousTwin):
    """As in pytorch-deeplab-xception: multi-grid, plain 3×3 convolutions, aligned corners."""

    output_stride, grid = 16, (1, 2, 4)

    def context(self, x):
        return self.atrous("aspp", x, (6, 12, 18))

    def fine_and_last(self, x):
        maps = self.encode(x)
        return maps[1], maps[4]

    def forward(self, x):
        size = x.shape[2:]
        fine, last = self.fine_and_last(x)
        fine = self.unit("decoder.conv1", "decoder.bn1", fine, 48)
        x = resize(self.context(last), fine.shape[2:], corners=True)
        x = torch.cat([x, fine], 1)
        for first in (0, 4):
            name = f"decoder.last_conv.{first}"
            if self.is_separable:
                x = self.separable(name, x, 256, inner=F.relu)
            else:
                x = self.unit(name, f"decoder.last_conv.{first + 1}", x, 256, 3)
        x = self.convolution("decoder.last_conv.8", x, self.classes, 1)
        return {"logits": resize(x, size, corners=True)}


class KSAC(DeepLabV3Plus):
    """One kernel for all rates, a norm for each; the branches are added."""

    def context(self, x):
        total = self.unit("ksac.pointwise.0", "ksac.pointwise.1", x, 256, activation=None)
        for rate in (6, 12, 18):
            y = self.convolution("ksac.shared", x, 256, bias=False, dilation=rate)
            total = total + self.norm(f"ksac.shared.norm{rate}", y)
        return (total + self.image_mean("ksac.pooling", x, None)).relu()


class FastFCN(AtrousTwin, PSPNetHead):
    is_deep = True

    def forward(self, x):
        size = x.shape[2:]
        maps = self.encode(x)
        laterals = []
        for number, map in zip((3, 4, 5), maps[2:]):
            y = self.unit(f"jpu.conv{number}.0", f"jpu.conv{number}.1", map, 512, 3)
            laterals.insert(0, resize(y, maps[2].shape[2:], corners=True))
        y = torch.cat(laterals, 1)
        y = torch.cat(
            [self.separable(f"jpu.dilation{i}", y, 512, 1 << i - 1) for i in range(1, 5)], 1
        )
        y = self.atrous("head.0", y, (12, 24, 36))
        y = self.unit("head.1", "head.2", y, 256, 3)
        return {
            "logits": self.scores("head.4", y, size),
            "auxiliary": self.auxiliary(maps[3], size),
        }


class GCN(ResNetTwin):
    """Peng et al. 2017, the maps enlarged by interpolation."""

    size = 7

    def kernel(self, name, x):
        column, row = (self.size, 1), (1, self.size)

        def path(side, first, second):
            y = self.convolution(f"{name}.conv_{side}1", x, self.classes, first)
            return self.convolution(f"{name}.conv_{side}2", y, self.classes, second)

        return path("l", column, row) + path("r", row, column)

    def refined(self, name, x):
        y = self.convolution(f"{name}.conv1", x, self.classes).relu()
        return x + self.convolution(f"{name}.conv2", y, self.classes)

    def forward(self, x):
        size = x.shape[2:]
        maps = self.encode(x)
        scores = [
            self.refined(f"brm{i}", self.kernel(f"gcm{i}", map))
            for i, map in enumerate(maps[:0:-1], 1)
        ]
        y = scores[0]
        for i, finer in enumerate(scores[1:], 5):
            y = self.refined(f"brm{i}", resize(y, finer.shape[2:]) + finer)
        y = self.refined("brm8", resize(y, maps[0].shape[2:]))
        return {"logits": self.refined("brm9", resize(y, size))}


AUXILIARY = {"auxiliary": 0.4}
CASES = [
    ("pspnet_50", "pspnet_50", AUXILIARY, PSPNet50, (6, 3, 33, 43)),
    ("deeplabv3", "deeplabv3", AUXILIARY, DeepLabV3, (6, 3, 33, 43)),
    ("deeplabv3plus", "deeplabv3plus", {}, DeepLabV3Plus, (6, 3, 49, 67)),
    ("ksac", "ksac", {}, KSAC, (6, 3, 49, 67)),
    ("fastfcn", "fastfcn", AUXILIARY, FastFCN, (6, 3, 49, 67)),
    ("gcn", "gcn", {"kernel_size": 7}, GCN, (2, 3, 75, 101)),
]
