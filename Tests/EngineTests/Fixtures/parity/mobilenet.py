"""DeepLabV3+ on MobileNetV2 (Sandler et al. 2018)."""

import torch.nn.functional as F

from resnet import DeepLabV3Plus

# Expansion, channels, blocks, stride: table 2 of the paper.
STAGES = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
]  # fmt: skip


class DeepLabV3PlusMobile(DeepLabV3Plus):
    """Separable convolutions in pyramid and decoder, as in the paper."""

    is_separable = True

    def fine_and_last(self, x):
        x = self.unit("encoder.features.0.0", "encoder.features.0.1", x, 32, 3, F.relu6, stride=2)
        reached, dilation, number = 2, 1, 1
        for stage, (expansion, channels, blocks, stride) in enumerate(STAGES):
            before = dilation
            if reached * stride > self.output_stride:
                dilation, stride = dilation * stride, 1
            reached *= stride
            for index in range(blocks):
                x = self.inverted(
                    f"encoder.features.{number}.conv", x, expansion, channels,
                    stride if index == 0 else 1, before if index == 0 else dilation,
                )  # fmt: skip
                number += 1
            if stage == 1:
                fine = x
        return fine, x

    def inverted(self, name, x, expansion, outputs, stride, dilation):
        y, width, first = x, x.shape[1] * expansion, 0
        if expansion > 1:
            y, first = self.unit(f"{name}.0.0", f"{name}.0.1", x, width, 1, F.relu6), 1
        y = self.unit(
            f"{name}.{first}.0", f"{name}.{first}.1", y, width, 3, F.relu6, stride=stride,
            dilation=dilation, groups=width,
        )  # fmt: skip
        y = self.unit(f"{name}.{first + 1}", f"{name}.{first + 2}", y, outputs, activation=None)
        return x + y if stride == 1 and x.shape[1] == outputs else y


CASES = [
    (
        "deeplabv3plus-mobilenet_v2", "deeplabv3plus",
        {"encoder": "mobilenet_v2", "separable": True}, DeepLabV3PlusMobile, (6, 3, 49, 67),
    )
]  # fmt: skip
