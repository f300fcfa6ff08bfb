"""LinkNet and FPN, segmentation_models_pytorch's."""

import segmentation_models_pytorch as smp

from twin import ModuleTwin


class LinkNet(ModuleTwin):
    def build(self, classes):
        return smp.Linknet("resnet18", encoder_weights=None, classes=classes)

    def forward(self, x):
        return {"logits": self.module(x)}


class FPN(LinkNet):
    def build(self, classes):
        return smp.FPN("resnet34", encoder_weights=None, classes=classes)


CASES = [
    ("linknet", "linknet", {}, LinkNet, (2, 3, 64, 96)),
    ("fpn", "fpn", {}, FPN, (2, 3, 64, 96)),
]
