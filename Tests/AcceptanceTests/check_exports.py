"""Runs what is exported in the programs that it is for, and compares with what this program predicts.

    python check_exports.py PROGRAM [deployment] [keras] [bioimage]

PROGRAM is the built `experiments`. Small networks are trained, in a folder that is removed again.
Needs numpy, pillow, h5py and

    deployment  onnxruntime and opencv-python-headless: the lines of README.md are run as they stand, and
                their masks compared
    keras       keras with a backend, jax unless KERAS_BACKEND says otherwise: a twin of U-Net loads the
                weights
    bioimage    bioimageio.core and onnxruntime: the package has to pass its own test; bioimageio.spec
                0.5.12 needs pydantic below 2.13
"""

import argparse
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

# Of probabilities.
LIMIT = 1e-4
# Of labels: where two classes are as likely, rounding decides.
LABEL_LIMIT = 1e-3
# Of labels of images that are resized by other code.
RESIZED_LIMIT = 5e-3
# Of labels of images that are cut into other tiles than the program's: only a mix-up of axes would show.
TILED_LIMIT = 0.3

SPEC = """
experiment: tiny
seed: 7
task: {task}
data:
  {data}
template: {template}
losses: {losses}
solver: {{type: ADAM, base_lr: 1e-2}}
training: {{epochs: 3, batch_size: 4}}
limits: {{threads: 2}}
"""
SCENES = "generated: {train: 16, validation: 4, size: [64, 96], classes: 3, seed: 3}"
FILES = "root: .\n  train: train.txt\n  validation: val.txt\n  classes: [disc, bar]"
BASE, DEPTH, CLASSES = 8, 3, 3
UNET = f"{{name: unet, base_channels: {BASE}, depth: {DEPTH}}}"


class Run:
    """A trained run in a folder of its own."""

    def __init__(self, program, folder, template=UNET, data=SCENES, task="semantic"):
        self.program, self.folder, self.task = program, folder, task
        losses = "bce" if task == "multilabel" else "[cross_entropy, dice]"
        (folder / "tiny.yaml").write_text(
            SPEC.format(template=template, data=data, task=task, losses=losses))
        if data.startswith(FILES):
            write_squares(folder, np.uint16 if "range" in data else np.uint8, task)
        self("run", "tiny.yaml")
        scenes = sorted(folder.glob("results/.scenes/*/images/*.png")) or sorted(
            folder.glob("image*.png"))
        self.photo = np.asarray(Image.open(scenes[-1]))
        self.wide = np.concatenate(
            [np.asarray(Image.open(scene)) for scene in scenes[:2]], 1)[:61, :155]

    def __call__(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments], cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def predict(self, pixels, *options):
        """The mask, H × W, or K × H × W of 0 and 255, and the probabilities K × H × W."""
        import h5py

        Image.fromarray(pixels).save(self.folder / "photo.png")
        subprocess.run(["rm", "-rf", "predicted"], cwd=self.folder, check=True)
        self("predict", "tiny/1", "photo.png", "-o", "predicted", "--mask", "--probabilities",
             *options)
        if self.task == "multilabel":
            names = [f"predicted/photo.{name}.png" for name in ("disc", "bar")]
            mask = np.stack([np.asarray(Image.open(self.folder / name)) for name in names])
        else:
            mask = np.asarray(Image.open(self.folder / "predicted/photo.png"))
        with h5py.File(self.folder / "predicted/photo.probabilities.h5") as file:
            return mask, np.asarray(file["probabilities"])


@dataclasses.dataclass
class Case:
    """A run whose folder's lines are run."""

    name: str
    template: str = UNET
    data: str = SCENES
    task: str = "semantic"
    options: list = dataclasses.field(default_factory=list)
    # With what an image of another size is predicted.
    tiles: list = dataclasses.field(default_factory=list)
    limit: float = LABEL_LIMIT


def write_squares(folder, depth, task):
    """Images of 64 × 96 in which a square lies on a bar, their masks and lists."""
    lines = []
    for number in range(10):
        y, x = np.mgrid[:64, :96]
        top, left = 3 + number * 17 % 40, 5 + number * 23 % 70
        square = (y >= top) & (y < top + 22) & (x >= left) & (x < left + 22)
        bar = (y >= 24) & (y < 40)
        image = 30 + 100 * square + 60 * bar + (x * y) % 13
        if depth == np.uint16:
            image = image * 200
        Image.fromarray(image.astype(depth)).save(folder / f"image{number}.png")
        for name, mask in (("disc", square), ("bar", bar)):
            Image.fromarray(mask.astype(np.uint8)).save(folder / f"{name}{number}.png")
        masks = f"disc{number}.png;bar{number}.png" if task == "multilabel" else f"bar{number}.png"
        lines.append(f"image{number}.png {masks}\n")
    (folder / "train.txt").write_text("".join(lines[:8]))
    (folder / "val.txt").write_text("".join(lines[8:]))


def deployment(program, folder):
    """The lines of README.md on an image of the network's size, and on one that no network takes."""
    tiles = ["--tiles", "64x160"]
    resized = SCENES + "\n  size: [48, 64]"
    bilinear = UNET.replace("}", ", up: bilinear}")
    cases = [
        # What the program is told to predict at once is what the lines do.
        Case("sizes of a step", tiles=tiles),
        Case("any size", bilinear, tiles=["--tiles", "61x155"]),
        Case("one size", options=["--fixed-size"], limit=TILED_LIMIT),
        Case("resized", data=resized, limit=RESIZED_LIMIT),
        Case(
            "resized as by OpenCV", data=resized + "\n  interpolation: opencv_linear",
            limit=RESIZED_LIMIT),
        Case("grey", data=SCENES + "\n  channels: 1", tiles=tiles),
        Case(
            "16 bits", data=FILES + "\n  channels: 1\n  range: {from: 0, to: 40000}",
            tiles=tiles),
        Case(
            "several classes a pixel", data=FILES + "\n  channels: 1", task="multilabel",
            tiles=tiles),
    ]
    for number, case in enumerate(cases):
        place = folder / str(number)
        place.mkdir()
        run = Run(program, place, case.template, case.data, case.task)
        name = case.name
        run("export", "tiny/1", "--to", "deployment", "-o", "there", *case.options)
        readme = (place / "there/README.md").read_text()
        (lines,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
        for kind, pixels in [("of its size", run.photo), ("of another", run.wide)]:
            isOther = kind == "of another"
            expected, _ = run.predict(pixels, *(case.tiles if isOther else []))
            Image.fromarray(pixels).save(place / "there/photo.png")
            done = subprocess.run(
                [sys.executable, "-c", lines], cwd=place / "there", capture_output=True, text=True)
            assert done.returncode == 0, f"{name}: {done.stderr}\n{lines}"
            masks = sorted(place.glob("there/mask*.png"))
            found = np.squeeze(np.stack([np.asarray(Image.open(mask)) for mask in masks]))
            assert found.shape == expected.shape, f"{found.shape}, not {expected.shape}"
            report(
                f"deployment, {name}, image {kind}", np.mean(found != expected),
                case.limit if isOther or "\n  size:" in case.data else LABEL_LIMIT)


def keras(program, folder):
    """A twin of U-Net with the exported weights, loaded in order and by the names of layers."""
    os.environ.setdefault("KERAS_BACKEND", "jax")
    import h5py
    import json
    from keras import Model, layers

    def twin(norm, names):
        def named(name):
            return {"name": name} if names else {}

        def twice(name, x, channels):
            for index in range(2):
                x = layers.Conv2D(
                    channels, 3, padding="same", use_bias=not norm,
                    **named(f"{name}.convolution{index}"))(x)
                if norm:
                    x = layers.BatchNormalization(epsilon=1e-5, **named(f"{name}.norm{index}"))(x)
                x = layers.ReLU()(x)
            return x

        image = x = layers.Input((None, None, 3))
        skips = []
        for level in range(DEPTH):
            x = twice(f"encoder{level}", x, BASE << level)
            skips.append(x)
            x = layers.MaxPooling2D()(x)
        x = twice("bottleneck", x, BASE << DEPTH)
        for level in reversed(range(DEPTH)):
            x = layers.Conv2DTranspose(
                BASE << level, 2, strides=2, **named(f"decoder{level}.up"))(x)
            x = layers.Concatenate()([layers.ReLU()(x), skips[level]])
            x = twice(f"decoder{level}", x, BASE << level)
        x = layers.Conv2D(CLASSES, 1, **named("head"))(x)
        return Model(image, layers.Softmax()(x))

    for norm in (True, False):
        place = folder / f"norm{norm}"
        place.mkdir()
        run = Run(program, place, UNET if norm else UNET.replace("}", ", norm: none}"))
        run("export", "tiny/1", "--to", "keras", "-o", "weights.h5")
        run("export", "tiny/1", "--to", "hdf5", "-o", "checkpoint.h5")
        _, expected = run.predict(run.photo)
        with h5py.File(place / "checkpoint.h5") as file:
            channels = json.loads(file.attrs["input"])["channels"]
        black, white, mean, std = (
            np.array([channel[key] for channel in channels])
            for key in ("black", "white", "mean", "std"))
        image = ((run.photo - black) / (white - black) - mean) / std
        for names in (False, True):
            model = twin(norm, names)
            model.load_weights(place / "weights.h5", **({"by_name": True} if names else {}))
            found = np.asarray(model(image[None].astype(np.float32)))[0].transpose(2, 0, 1)
            kind = "batch norm" if norm else "no norm"
            order = "by name" if names else "in order"
            report(f"keras, {kind}, {order}", np.abs(found - expected).max(), LIMIT)


def bioimage(program, folder):
    """The package's own test, and an image of another size than the test's."""
    from bioimageio.core import test_model
    from bioimageio.spec import load_description

    for name, template, options in [
        ("sizes of a step", UNET, []), ("one size", UNET, ["--fixed-size"]),
        ("a named image", UNET, ["--image", "photo.png"]),
    ]:
        place = folder / name.replace(" ", "-")
        place.mkdir()
        run = Run(program, place, template)
        run.predict(run.photo)
        run("export", "tiny/1", "--to", "bioimage", "-o", "tiny.zip", *options)
        summary = test_model(load_description(place / "tiny.zip"))
        if summary.status != "passed":
            summary.display()
        report(f"bioimage, {name}", float(summary.status != "passed"), 0)


failures = 0


def report(name, value, limit):
    global failures
    isFine = value <= limit
    failures += not isFine
    print(f"{name:56} {value:10.1e}{'' if isFine else '  FAILED'}", flush=True)


def main():
    checks = {check.__name__: check for check in (deployment, keras, bioimage)}
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("checks", nargs="*", metavar="check", help=", ".join(checks))
    arguments = parser.parse_args()
    for name in arguments.checks or checks:
        with tempfile.TemporaryDirectory() as folder:
            checks[name](arguments.program.resolve(), pathlib.Path(folder))
    print("all agree" if failures == 0 else f"{failures} failed")
    sys.exit(failures > 0)


main()
