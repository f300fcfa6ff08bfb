"""Networks on VGG-16: FCN (Long, Shelhamer & Darrell 2015), DeepLab (Chen et al. 2015, 2018) and
PSPNet in DeepDetect's form (Zhao et al. 2017)."""

import torch
import torch.nn.functional as F

from resnet import PSPNetHead
from segnet import VGG16
from twin import Twin, resize


class VGG(Twin):
    def blocks(self, x, pool, dilations=(1, 1, 1, 1, 1)):
        """The map before and behind each pooling."""
        maps = []
        for number, ((channels, convolutions), dilation) in enumerate(zip(VGG16, dilations), 1):
            for index in range(1, convolutions + 1):
                name = f"encoder.conv{number}_{index}"
                x = self.convolution(name, x, channels, dilation=dilation).relu()
            convolved, x = x, pool(number, x)
            maps.append((convolved, x))
        return maps

    def dilated_blocks(self, x):
        """Overlapping poolings, of which the fourth and fifth have no stride; a rest counts, as in
        Caffe."""

        def pool(number, x):
            return F.max_pool2d(x, 3, stride=2 if number < 4 else 1, padding=1, ceil_mode=True)

        return self.blocks(x, pool, (1, 1, 1, 1, 2))


class FCN(VGG):
    """The zeros lie around fc6 and not around the image; what is enlarged too far is cut off."""

    channels, finest = 64, 8

    def forward(self, x):
        size = x.shape[2:]
        pools = [p for _, p in self.blocks(x, lambda _, x: F.max_pool2d(x, 2, ceil_mode=True))]
        x = self.convolution("fc6", pools[4], self.channels, 7).relu()
        x = self.convolution("fc7", x, self.channels, 1).relu()
        x = self.convolution("score_fr", x, self.classes, 1)
        stride = 32
        for name, pool in (("upscore2", 4), ("upscore_pool4", 3)):
            if stride > self.finest:
                skip = self.convolution(f"score_pool{pool}", pools[pool - 1], self.classes, 1)
                x = self.enlarged(name, x, 2, skip.shape[2:]) + skip
                stride //= 2
        name = "upscore" if stride == 32 else f"upscore{stride}"
        return {"logits": self.enlarged(name, x, stride, size)}

    def enlarged(self, name, x, factor, size):
        x = self.transposed(
            name, x, self.classes, 2 * factor, factor, bias=False, padding=factor // 2
        )
        return x[:, :, : size[0], : size[1]]


class FCN16s(FCN):
    finest = 16


class FCN32s(FCN):
    finest = 32


class DeepLab(VGG):
    branches = (("_1", 6), ("_2", 12), ("_3", 18), ("_4", 24))

    def forward(self, x):
        size = x.shape[2:]
        x = self.dilated_blocks(x)[4][1]
        total = 0
        for suffix, dilation in self.branches:
            y = self.convolution(f"fc6{suffix}", x, 1024, 3, dilation=dilation).relu()
            y = self.convolution(f"fc7{suffix}", y, 1024, 1).relu()
            total = total + self.convolution(f"fc8_vgg16{suffix}", y, self.classes, 1)
        return {"logits": resize(total, size, corners=True)}


class LargeFOV(DeepLab):
    branches = (("", 12),)


class PSPNetVGG16(VGG, PSPNetHead):
    def forward(self, x):
        size = x.shape[2:]
        maps = [convolved for convolved, _ in self.dilated_blocks(x)]
        x = self.convolution("cls.conv", self.pyramid(maps[4]), 512, bias=False).relu()
        return {
            "logits": self.scores("cls.classifier", x, size),
            "auxiliary": self.auxiliary(maps[3], size),
        }


NARROW = {"fc_channels": 64}
CASES = [
    ("fcn8s", "fcn8s", NARROW, FCN, (1, 3, 37, 51)),
    ("fcn16s", "fcn16s", NARROW, FCN16s, (1, 3, 37, 51)),
    ("fcn32s", "fcn32s", NARROW, FCN32s, (1, 3, 37, 51)),
    ("deeplab_vgg16", "deeplab_vgg16", {}, DeepLab, (1, 3, 33, 49)),
    (
        "deeplab_vgg16-large_fov", "deeplab_vgg16", {"context": "large_fov"}, LargeFOV,
        (1, 3, 35, 52),
    ),
    ("pspnet_vgg16", "pspnet_vgg16", {"auxiliary": 0.4}, PSPNetVGG16, (3, 3, 33, 36)),
]  # fmt: skip
