"""What every case is made of."""

import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

CASES = []


@dataclass
class Case:
    layout: str
    name: str
    make: object


@dataclass
class Expected:
    """What an import must give: masks by images, as arrays, or as files of the source."""
    masks: dict = field(default_factory=dict)
    instances: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    classes: list = field(default_factory=list)
    warned: list = field(default_factory=list)
    # Or the words with which it is refused.
    refused: list = field(default_factory=list)
    status: int = 65
    options: list = field(default_factory=list)
    is_checked: bool = True
    is_recognized: bool = True


def case(layout):
    def add(make):
        CASES.append(Case(layout, make.__name__, make))
        return make
    return add


def image(path, height, width, seed=None, exif=None, mode="RGB"):
    """An image of noise, so that no two are alike."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(zlib.crc32(repr((path.parts[-3:], height, width, seed)).encode()))
    shape = (height, width, 3) if mode == "RGB" else (height, width)
    raster = Image.fromarray(random.integers(0, 256, shape, dtype=np.uint8))
    if exif:
        tags = Image.Exif()
        tags[0x0112] = exif
        raster.save(path, exif=tags)
    else:
        raster.save(path)


def text(path, content):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def dump(path, value, **settings):
    text(path, json.dumps(value, **settings))
