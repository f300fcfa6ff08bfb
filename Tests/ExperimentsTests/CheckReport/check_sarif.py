"""Checks what `check --format sarif` prints with the schema of SARIF 2.1.0 and an independent validator.

Needs Python's jsonschema, and in SARIF_SCHEMA the path of OASIS' sarif-schema-2.1.0.json
(https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json).
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = ROOT / ".build/debug/experiments"
SPEC = """experiment: shapes
data: {generated: {train: 8, validation: 2, size: [32, 32]}}
template: {name: unet, depth: 2}
losses: dice
solver: {type: ADAM, base_lr: 1}
training: {epochs: 1}
"""
# Options of `check`, and the codes that it must find with them.
CASES = [
    ([], ["W0405"]),
    (["--strict"], ["W0405"]),
    (["--set", "sede=3"], ["E0101"]),
    (["--set", "losses=dise", "--set", "training.epochs=0"], ["E0203", "E0202"]),
    (["--set", "limits.memory=1 MB"], ["E0417"]),
    (["--set", "data={train: no.txt, validation: 0.5, classes: [a, b]}"], ["E0601"]),
]


def findings(folder, options):
    done = subprocess.run(
        [PROGRAM, "check", "shapes.yaml", "--format", "sarif", "--results", "results", *options],
        cwd=folder, capture_output=True, text=True)
    log = json.loads(done.stdout)
    assert log["runs"][0]["invocations"][0]["exitCode"] == done.returncode, options
    return log


def main():
    if "SARIF_SCHEMA" not in os.environ:
        print("SARIF is not checked: SARIF_SCHEMA names no sarif-schema-2.1.0.json")
        return 0
    schema = json.loads(pathlib.Path(os.environ["SARIF_SCHEMA"]).read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "shapes.yaml").write_text(SPEC)
        for options, codes in CASES:
            log = findings(folder, options)
            for error in validator.iter_errors(log):
                wrong.append(f"{options}: {error.json_path}: {error.message[:200]}")
            found = [result["ruleId"] for result in log["runs"][0]["results"]]
            if found != codes:
                wrong.append(f"{options}: {found} instead of {codes}")
    print(f"{len(CASES)} SARIF logs, {len(wrong)} mistakes")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
