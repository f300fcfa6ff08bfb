"""DeepLabV3+ on the modified aligned Xception-65 of timm."""

import timm

from resnet import DeepLabV3Plus
from twin import ModuleTwin


class DeepLabV3PlusXception(ModuleTwin, DeepLabV3Plus):
    def build(self, classes):
        return timm.create_model("xception65", output_stride=16, num_classes=0)

    def rename(self, layer):
        return f"encoder.{layer}"

    def fine_and_last(self, x):
        x = self.module.blocks[0](self.module.stem(x))
        return x.relu(), self.module.blocks[1:](x)


CASES = [
    (
        "deeplabv3plus-xception65", "deeplabv3plus", {"encoder": "xception65"},
        DeepLabV3PlusXception, (4, 3, 33, 49),
    )
]  # fmt: skip
