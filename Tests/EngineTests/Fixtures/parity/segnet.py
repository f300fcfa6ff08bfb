"""SegNet and SegNet-Basic (Badrinarayanan, Kendall & Cipolla 2017)."""

import torch.nn.functional as F

from twin import Twin

VGG16 = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]


class IndexedTwin(Twin):
    def pool(self, x):
        maxima, places = F.max_pool2d(x, 2, ceil_mode=True, return_indices=True)
        return maxima, (places, x.shape[2:])

    def unpool(self, x, pool):
        places, size = pool
        return F.max_unpool2d(x, places, 2, output_size=tuple(size))


class SegNet(IndexedTwin):
    def layer(self, name, x, outputs):
        return self.norm(name.replace("conv", "bn"), self.convolution(name, x, outputs)).relu()

    def forward(self, x):
        pools = []
        for number, (channels, convolutions) in enumerate(VGG16, 1):
            for index in range(1, convolutions + 1):
                x = self.layer(f"encoder.conv{number}_{index}", x, channels)
            x, pool = self.pool(x)
            pools.append(pool)
        for number in range(5, 0, -1):
            x = self.unpool(x, pools.pop())
            channels, convolutions = VGG16[number - 1]
            for index in range(convolutions, 0, -1):
                name = f"conv{number}_{index}_D"
                if (number, index) == (1, 1):
                    return {"logits": self.convolution(name, x, self.classes)}
                x = self.layer(name, x, channels if index > 1 else VGG16[number - 2][0])


class SegNetBasic(IndexedTwin):
    def forward(self, x):
        pools = []
        for level in range(1, 5):
            x = self.norm(f"bn{level}", self.convolution(f"conv{level}", x, 64, 7)).relu()
            x, pool = self.pool(x)
            pools.append(pool)
        for level in range(4, 0, -1):
            x = self.convolution(f"conv_decode{level}", self.unpool(x, pools.pop()), 64, 7)
            x = self.norm(f"bn_decode{level}", x)
        return {"logits": self.convolution("conv_classifier", x, self.classes, 1)}


CASES = [
    ("segnet", "segnet", {}, SegNet, (2, 3, 75, 101)),
    ("segnet_basic", "segnet_basic", {}, SegNetBasic, (2, 3, 45, 59)),
]
