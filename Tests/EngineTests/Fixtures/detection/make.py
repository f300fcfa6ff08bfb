"""Writes mask_rcnn.json: what torchvision's Mask R-CNN makes of an image, and a step of its training.

    python make.py          # needs torch and torchvision

The network is small (ResNet-18, 32 channels), its weights are sines of their places, so that the test makes the
same ones, and its norms are frozen. Samples are as large as everything there is to sample, so that chance plays
no part.
"""

import json
import math
import zlib
from pathlib import Path

import numpy
import torch
import torchvision
from torchvision.models.detection import MaskRCNN
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.roi_heads import paste_masks_in_image
from torchvision.ops.feature_pyramid_network import FeaturePyramidNetwork, LastLevelMaxPool

CLASSES, CHANNELS, DENSE = 3, 32, 64
HEIGHT, WIDTH = 128, 96
SCALES = [8, 16, 32, 64, 128]


def waves(count, phase):
    """Sines, the same after 4093 values: making them is not to take the test's time."""
    places = numpy.arange(min(count, 4093), dtype=numpy.float64)
    return numpy.resize(numpy.sin(places * 0.7310585 + phase), count)


def image():
    pixels = waves(3 * HEIGHT * WIDTH, 0.5) * 0.5
    planes = pixels.reshape(3, HEIGHT, WIDTH)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            planes[:, y, x] += math.sin(y * 0.11) + math.cos(x * 0.07)
    return torch.tensor(planes, dtype=torch.float32)


def objects():
    """Masks of classes and ids: two ellipses and a square."""
    classes = numpy.zeros((HEIGHT, WIDTH), numpy.int64)
    ids = numpy.zeros((HEIGHT, WIDTH), numpy.int64)
    for number, (kind, top, left, height, width) in enumerate(
        [(1, 10, 8, 40, 30), (2, 60, 20, 24, 24), (1, 70, 50, 50, 40)], 1
    ):
        for y in range(top, top + height):
            for x in range(left, left + width):
                dy = (2 * (y - top) + 1 - height) / height
                dx = (2 * (x - left) + 1 - width) / width
                if kind == 2 or dy * dy + dx * dx <= 1:
                    classes[y, x], ids[y, x] = kind, number
    return classes, ids


def own_name(name):
    """The name of a parameter as the program has it."""
    layer, role = name.rsplit(".", 1)
    if layer.startswith("backbone.body."):
        layer = "encoder." + layer.removeprefix("backbone.body.")
    is_norm = ".bn" in layer or layer.endswith("downsample.1")
    if is_norm:
        role = {"weight": "scale", "bias": "shift", "running_mean": "mean", "running_var": "variance"}[role]
    return f"{layer}.{role}"


def fill(model):
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            own = own_name(name)
            values = waves(tensor.numel(), zlib.crc32(own.encode()) % 1000)
            role = own.rsplit(".", 1)[1]
            if role in ("mean", "bias", "shift"):
                values = values * 0.1
            elif role in ("scale", "variance"):
                values = 1 + values * 0.25
            else:
                fan = tensor[0].numel() if "conv5_mask" not in own else tensor.shape[0]
                values = values * math.sqrt(3 / fan)
            tensor.copy_(torch.tensor(values, dtype=torch.float32).reshape(tensor.shape))


def make(**settings):
    backbone = resnet_fpn_backbone(backbone_name="resnet18", weights=None, trainable_layers=5)
    backbone.out_channels = CHANNELS
    backbone.fpn = FeaturePyramidNetwork([64, 128, 256, 512], CHANNELS, LastLevelMaxPool())
    anchors = AnchorGenerator(tuple((scale,) for scale in SCALES), ((0.5, 1.0, 2.0),) * 5)
    model = MaskRCNN(
        backbone, rpn_anchor_generator=anchors, box_head=TwoMLPHead(CHANNELS * 49, DENSE),
        box_predictor=FastRCNNPredictor(DENSE, CLASSES),
        mask_head=MaskRCNNHeads(CHANNELS, (CHANNELS,) * 4, 1),
        mask_predictor=MaskRCNNPredictor(CHANNELS, CHANNELS, CLASSES), **settings)
    fill(model)
    return model


def run(model, targets=None):
    images = ImageList(image()[None], [(HEIGHT, WIDTH)])
    features = model.backbone(images.tensors)
    proposals, rpn_losses = model.rpn(images, features, targets)
    detections, losses = model.roi_heads(features, proposals, images.image_sizes, targets)
    return proposals, detections, {**rpn_losses, **losses}


def main():
    # 1000 proposals of each image are more than are left after suppression: nothing is drawn by chance.
    model = make(
        box_score_thresh=0.1, rpn_pre_nms_top_n_test=200, rpn_post_nms_top_n_test=150,
        rpn_pre_nms_top_n_train=200, rpn_post_nms_top_n_train=150, rpn_batch_size_per_image=100_000,
        box_batch_size_per_image=400, box_positive_fraction=0.99, box_detections_per_img=30)
    model.eval()
    with torch.no_grad():
        proposals, detections, _ = run(model)
    found = detections[0]
    masks = paste_masks_in_image(found["masks"], found["boxes"], (HEIGHT, WIDTH)) >= 0.5

    classes, ids = objects()
    numbers = [1, 2, 3]
    boxes = []
    for number in numbers:
        ys, xs = numpy.nonzero(ids == number)
        boxes.append([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1])
    targets = [dict(
        boxes=torch.tensor(numpy.array(boxes), dtype=torch.float32),
        labels=torch.tensor([int(classes[ids == number][0]) for number in numbers]),
        masks=torch.tensor(numpy.stack([ids == number for number in numbers]).astype(numpy.uint8)))]
    model.train()
    _, _, losses = run(model, targets)
    sum(losses.values()).backward()
    gradients = {
        own_name(name): parameter.grad.double().flatten()
        for name, parameter in model.named_parameters() if parameter.grad is not None}
    record = dict(
        torchvision=torchvision.__version__,
        proposals=proposals[0][:20].tolist(),
        boxes=found["boxes"].tolist(), scores=found["scores"].tolist(),
        labels=found["labels"].tolist(),
        mask_pixels=[int(mask.sum()) for mask in masks[:, 0]],
        # Of the first masks: the columns that are set, row by row, as runs.
        masks=["".join("1" if value else "0" for value in mask[0, ::4, ::4].flatten().tolist())
               for mask in masks[:6]],
        losses={name: float(value.detach()) for name, value in losses.items()},
        gradients={
            name: dict(norm=float(value.norm()), sum=float(value.sum()),
                       values=[float(value[round(i * (len(value) - 1) / 4)]) for i in range(5)])
            for name, value in gradients.items()
            if any(part in name for part in (
                "layer_blocks.0", "layer_blocks.3", "rpn.head", "roi_heads", "inner_blocks.2",
                "encoder.layer3.0.downsample", "encoder.layer2.0.conv1", "encoder.conv1"))})
    Path(__file__).with_name("mask_rcnn.json").write_text(json.dumps(record, indent=1) + "\n")
    print(record["losses"], len(record["boxes"]), record["scores"][:5], record["mask_pixels"][:8],
          len(proposals[0]))


if __name__ == "__main__":
    main()
