"""Checks specs with the JSON Schema and an independent validator.

Needs Python's jsonschema and ruamel.yaml (YAML 1.2, as the program reads it).
Every shipped spec must be accepted, and of the wrong ones in BrokenSpecs.txt those
whose mistake a single value shows must be refused.
"""

import json
import pathlib
import sys

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ROOT = pathlib.Path(__file__).resolve().parents[3]
MINIMAL = """experiment: shapes
data: {generated: {train: 8, validation: 2, size: [96, 96], classes: 4}}
template: unet
losses: dice
solver: {type: SGD, base_lr: 0.01}
training: {epochs: 3}"""
LEAST_REFUSED = 130


def parse(text):
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    return yaml.load(text)


def broken_specs():
    text = (ROOT / "Tests/ExperimentsTests/Spec/BrokenSpecs.txt").read_text()
    for block in text.split("\n## ")[1:]:
        title, *rest = [line for line in block.split("\n") if line]
        lines = MINIMAL.split("\n")
        for line in (line for line in rest if not line.startswith("> ")):
            key = line.split(":")[0] + ":"
            places = [place for place, kept in enumerate(lines) if kept.startswith(key)]
            if places:
                lines[places[0]] = line
            else:
                lines.append(line)
        yield title, "\n".join(lines)


def main():
    schema = json.loads((ROOT / "Documentation/spec.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    wrong = []
    shipped = sorted(ROOT.glob("experiments/*.yaml")) + sorted(ROOT.glob("Benchmarks/*.yaml"))
    for path in shipped:
        for error in validator.iter_errors(parse(path.read_text())):
            wrong.append(f"{path.name}: {error.json_path}: {error.message[:200]}")
    broken = list(broken_specs())
    refused = 0
    for _, text in broken:
        try:
            refused += not validator.is_valid(parse(text))
        except YAMLError:
            refused += 1
    print(f"{len(shipped)} shipped specs, {len(wrong)} mistakes; ", end="")
    print(f"{refused} of {len(broken)} wrong specs refused")
    for line in wrong:
        print(line)
    return 1 if wrong or refused < LEAST_REFUSED else 0


if __name__ == "__main__":
    sys.exit(main())
