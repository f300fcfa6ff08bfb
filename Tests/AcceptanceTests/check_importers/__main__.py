"""Imports folders of the layouts of other tools, and compares every pixel with what these tools draw.

    python3 check_importers PROGRAM [LAYOUT …]

Each case makes a folder as a tool writes it, with the traps that people report, and says what the tool's
own code makes of it. Needs the Python packages numpy, pillow, opencv-python-headless, pycocotools, labelme,
cityscapesscripts and supervisely.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import numpy as np
from PIL import Image

from cases import CASES
from exports import EXPORTS
import coco, cvat, files_as_they_are, kaggle, labelme_shapes, polygons, supervisely_project, via, volumes  # noqa


def lines(path):
    """The fields of a list, without quotes."""
    for line in path.read_text().splitlines():
        fields, rest = [], line
        while rest:
            if rest.startswith('"'):
                end = rest.index('"', 1)
                fields.append(rest[1:end])
                rest = rest[end + 1:].lstrip(" ")
            else:
                field, _, rest = rest.partition(" ")
                fields.append(field)
        yield fields


def check(program, case, place):
    source, data = place / "source", place / "data" / "mine"
    source.mkdir()
    expected = case.make(source)
    arguments = [program, "import", case.layout, str(source), "-o", str(data), *expected.options]
    if not expected.refused:
        arguments.append("--json")
    run = subprocess.run(arguments, capture_output=True, text=True, cwd=place)
    if expected.refused:
        assert run.returncode == expected.status, (run.returncode, run.stderr)
        for words in expected.refused:
            assert words in run.stderr, f"{words!r} is not in:\n{run.stderr}"
        assert not data.exists() and not list((place / "data").glob(".*")), "something was left"
        return
    assert run.returncode == 0, run.stdout + run.stderr
    report = json.loads(run.stdout)
    for words in expected.warned:
        assert any(words in warning for warning in report["warnings"]), (words, report["warnings"])
    if expected.classes:
        assert report["classes"] == expected.classes, report["classes"]
    compare(expected, source, data)
    sniffed = subprocess.run(
        [program, "import", str(source), "-o", str(place / "sniffed")], capture_output=True, text=True)
    if expected.is_recognized:
        assert sniffed.returncode == 0, sniffed.stderr
    if expected.is_checked:
        checked = subprocess.run(
            [program, "check", str(data / "mine.yaml")], capture_output=True, text=True, cwd=place)
        assert checked.returncode == 0, checked.stderr


def compare(expected, source, data):
    found = {}
    for part in ["train", "validation", "test"]:
        path = data / f"{part}.txt"
        for image, mask in lines(path) if path.exists() else []:
            found[image] = (part, mask)
    by_image = {name(source, data, image): value for image, value in found.items()}
    assert set(by_image) == set(expected.masks), (set(by_image) ^ set(expected.masks))
    for image, truth in expected.masks.items():
        part, mask = by_image[image]
        if image in expected.parts:
            assert part == expected.parts[image], f"{image} is for {part}"
        if isinstance(truth, str):
            assert name(source, data, mask) == truth, f"{image}: {mask} is not {truth}"
            continue
        got = np.array(Image.open(data / mask))
        assert got.shape == truth.shape, f"{image}: {got.shape} is not {truth.shape}"
        wrong = int((got != truth).sum())
        assert wrong == 0, f"{image}: {wrong} pixels differ"
    if not expected.instances:
        return
    numbers = {}
    for part in ["train", "validation", "test"]:
        path = data / f"{part}.instances.txt"
        for image, mask in lines(path) if path.exists() else []:
            numbers[name(source, data, image)] = mask
    for image, truth in expected.instances.items():
        if isinstance(truth, str):
            assert name(source, data, numbers[image]) == truth, numbers[image]
            continue
        got = np.array(Image.open(data / numbers[image])).astype(np.int64)
        assert (got == truth).all(), f"{image}: numbers of objects differ"


def name(source, data, path):
    """Relative to the source where it is of it, else as the list has it."""
    parts = [path] if (data / path).exists() else path.split(";")
    whole = [(data / part).resolve() for part in parts]
    inside = [str(p.relative_to(source.resolve())) if p.is_relative_to(source.resolve()) else None
              for p in whole]
    return ";".join(inside) if all(inside) else path


def main():
    program = str(Path(sys.argv[1]).resolve())
    wanted = set(sys.argv[2:]) - {"all"}
    failed, counts = [], {}
    for case in CASES:
        if wanted and case.layout not in wanted:
            continue
        place = Path(tempfile.mkdtemp(prefix="importer-"))
        try:
            check(program, case, place)
            counts[case.layout] = counts.get(case.layout, 0) + 1
        except Exception as error:
            failed.append(case)
            print(f"✘ {case.layout} {case.name}: {error}" if isinstance(error, AssertionError)
                  else f"✘ {case.layout} {case.name}: {traceback.format_exc()}")
        finally:
            shutil.rmtree(place, ignore_errors=True)
    for label, export in EXPORTS.items():
        if wanted and label.split()[1] not in wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="exporter-") as place:
            try:
                export(program, Path(place))
                counts[label] = 1
            except Exception:
                failed.append(label)
                print(f"✘ {label}: {traceback.format_exc()}")
    for layout, count in counts.items():
        print(f"{layout:18} {count} folders")
    print(f"{sum(counts.values())} folders are as they should be, {len(failed)} are not")
    sys.exit(1 if failed else 0)


main()
