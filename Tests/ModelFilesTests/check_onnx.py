"""Compares what ONNX Runtime computes with exported models with what this program computed.

    python check_onnx.py FOLDER [--opencv NAME …]

FOLDER is what ONNXRuntimeTests wrote: NAME.onnx, and NAME.json with images and expected outputs. A
difference is told in parts of the largest expected value; more than 1e-4 fails, and so does a label
that differs where the two largest logits do not lie that close. Models that --opencv names are run
with OpenCV's dnn module too. Needs numpy, onnx and onnxruntime, and for --opencv cv2."""

import argparse
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime

LIMIT = 1e-4
# Of labels: where two classes are as likely, rounding decides.
LABEL_LIMIT = 1e-3


def tensor(folder, entry):
    values = numpy.fromfile(folder / entry["file"], numpy.float32)
    return values.reshape(entry["shape"])


def difference(found, expected, name):
    if name.startswith("labels"):
        return float(numpy.mean(found.reshape(expected.shape) != expected)), LABEL_LIMIT
    assert found.shape == expected.shape, f"{name} is {found.shape}, not {expected.shape}"
    largest = float(numpy.abs(expected).max())
    assert largest > 0 and numpy.isfinite(expected).all(), f"{name} tells nothing: {largest}"
    return float(numpy.abs(found.astype(numpy.float64) - expected).max()) / largest, LIMIT


def check(folder, case, run):
    """The largest difference over all images and outputs, and by how much of its limit."""
    worst, share = 0.0, 0.0
    for trial in case["trials"]:
        found = run(tensor(folder, trial["image"]))
        assert set(found) == set(trial["outputs"]), f"outputs {sorted(found)}"
        for name, entry in trial["outputs"].items():
            value, limit = difference(found[name], tensor(folder, entry), name)
            worst, share = max(worst, value), max(share, value / limit)
    return worst, share


def runtime(path):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return lambda image: dict(zip(names, session.run(names, {"image": image})))


def opencv(path):
    import cv2

    net = cv2.dnn.readNetFromONNX(str(path))
    names = [output.name for output in onnx.load(str(path), load_external_data=False).graph.output]

    def run(image):
        net.setInput(image, "image")
        return dict(zip(names, net.forward(names)))

    return run


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--opencv", nargs="*", default=[])
    arguments = parser.parse_args()
    failures = 0
    print(f"{'model':48} {'sizes':>8} {'difference':>11}")
    for file in sorted(arguments.folder.glob("*.json")):
        case = json.loads(file.read_text())
        path = arguments.folder / case["model"]
        runs = [("", runtime)] + [(" (OpenCV)", opencv)] * (file.stem in arguments.opencv)
        for suffix, make in runs:
            try:
                onnx.checker.check_model(str(path), full_check=True)
                worst, share = check(arguments.folder, case, make(path))
                verdict = "" if share <= 1 else "  FAILED"
                sizes = "one" if case["isFixed"] else str(len(case["trials"]))
                print(f"{file.stem + suffix:48} {sizes:>8} {worst:11.1e}{verdict}", flush=True)
                failures += share > 1
            except Exception as error:
                print(f"{file.stem + suffix:48} FAILED: {error}", flush=True)
                failures += 1
    print("all agree" if failures == 0 else f"{failures} failed")
    sys.exit(failures > 0)


main()
