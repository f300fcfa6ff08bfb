"""Writes the fixtures beside it: PyTorch's forward and backward pass of every template in float64,
by twins that are libraries' modules or were written from the papers.

    python make.py [name …]

The parameters follow from their place in the fixture's list, see formula.py. The twins have names
and shapes of their own making, which Tests/EngineTests/Networks/Templates/ParityTests.swift
compares with the engine's. A file of a family ends with its cases: the fixture's name, the template
and its settings, the twin, and the shape of the images. On some templates many images are tried
before a step is found whose gradients do not hang on rounding, see step.py."""

import importlib
import sys

import fixture
import formula

FAMILIES = [
    "unet", "densenet", "segnet", "vgg", "resnet", "mobilenet", "xception", "decoders", "senet",
    "volumes", "points",
]  # fmt: skip

for family in FAMILIES:
    for case in importlib.import_module(family).CASES:
        if len(sys.argv) == 1 or case[0] in sys.argv[1:]:
            fixture.write(*case)
            formula.values.cache_clear()
