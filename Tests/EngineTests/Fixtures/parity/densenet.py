"""The fully convolutional DenseNet of 56 layers (Jégou et al. 2017)."""

import torch
import torch.nn.functional as F

from twin import Twin


class FCDenseNet56(Twin):
    growth, layers = 12, 4

    def layer(self, name, x, outputs, kernel):
        return self.convolution(
            f"{name}.convolution", self.norm(f"{name}.norm", x).relu(), outputs, kernel
        )

    def block(self, name, x):
        """The input with what the layers made behind it, and the latter alone."""
        made = []
        for index in range(1, self.layers + 1):
            stack = torch.cat([x, *made], 1)
            made.append(self.layer(f"{name}.layer{index}", stack, self.growth, 3))
        return torch.cat([x, *made], 1), torch.cat(made, 1)

    def forward(self, x):
        x = self.convolution("first", x, 48)
        skips = []
        for number in range(1, 6):
            x, _ = self.block(f"down{number}", x)
            skips.append(x)
            x = F.max_pool2d(self.layer(f"down{number}.transition", x, x.shape[1], 1), 2)
        stack, made = self.block("bottleneck", x)
        for number in range(1, 6):
            skip = skips.pop()
            up = self.transposed(f"up{number}.transition.convolution", made, made.shape[1], 3)
            height, width = skip.shape[2:]
            top, left = (up.shape[2] - height) // 2, (up.shape[3] - width) // 2
            up = up[:, :, top : top + height, left : left + width]
            stack, made = self.block(f"up{number}", torch.cat([up, skip], 1))
        return {"logits": self.convolution("head", stack, self.classes, 1)}


CASES = [("fc_densenet56", "fc_densenet56", {"dropout": 0}, FCDenseNet56, (2, 3, 45, 67))]
