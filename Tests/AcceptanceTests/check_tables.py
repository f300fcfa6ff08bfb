"""Compares what `experiments compare --format json` says with what h5py and numpy compute from the records.

    check_tables.py PROGRAM RESULTS EXPERIMENT...

Every measured cell of every row is computed anew from the runs' metrics.h5: the value at the first evaluation
with the best objective, its mean and sample standard deviation over the seeds, Student's interval, and the paired
test of every row against the best one with Holm's adjustment. The largest relative difference is printed; more
than 1e-10 fails. Needs the Python packages numpy, h5py and scipy.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
from scipy import stats

TOLERANCE = 1e-10
worst = 0.0
checked = 0


def agree(what, value, expected):
    global worst, checked
    checked += 1
    if expected is None or (isinstance(expected, float) and not math.isfinite(expected)):
        assert value is None, f"{what}: {value}, and there is no value"
        return
    assert value is not None, f"{what}: no value, not {expected}"
    error = abs(value - expected) / max(abs(expected), 1e-12)
    worst = max(worst, error)
    assert error <= TOLERANCE, f"{what}: {value}, not {expected}"


class Run:
    """A record, read without the program."""

    def __init__(self, folder):
        spec = json.loads((folder / "spec.json").read_text())
        self.seed = spec["seed"]
        self.objective = spec["objective"]
        self.file = h5py.File(folder / "metrics.h5")
        values = self.series(self.objective["metric"])
        finite = np.where(np.isfinite(values), values, -np.inf if self.objective["maximize"] else np.inf)
        # argmax and argmin are the first of equals.
        self.best = int(finite.argmax() if self.objective["maximize"] else finite.argmin())
        folds = [h["text"] for h in spec["hyperparameters"] if h["path"] == "data.validation.fold"]
        self.fold = folds[0] if folds else None

    def series(self, name):
        """The values of a series, or of one of its elements, over the evaluations."""
        path = name.split(".")
        for count in range(len(path), 0, -1):
            dataset = self.find(path[:count])
            if dataset is not None and isinstance(dataset, h5py.Dataset):
                values = np.asarray(dataset[()], dtype=np.float64)
                rest = path[count:]
                # validation.dice may be a loss, and validation.dice.car is of a class.
                if (values.ndim == 1) == (not rest):
                    return values[:, self.place(dataset, rest)] if rest else values
        # validation.iou.car lies in validation/class/iou.
        dataset = self.find([path[0], "class", *path[1:2]])
        if dataset is None or len(path) < 3:
            return None
        return np.asarray(dataset[()], dtype=np.float64)[:, self.place(dataset, path[2:])]

    def find(self, path):
        node = self.file
        for name in path:
            if not isinstance(node, h5py.Group) or name not in node:
                return None
            node = node[name]
        return node

    def place(self, dataset, rest):
        scale = dataset.dims[1][0]
        labels = [label.decode() if isinstance(label, bytes) else str(label) for label in scale[()]]
        return labels.index(".".join(rest))


def folders(results, experiment):
    return {f.name: f for f in (Path(results) / experiment / "trials").glob("*/*") if f.is_dir()}


def check(program, results, experiment):
    command = [program, "compare", experiment, "--results", results, "--format", "json"]
    table = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert table["schema"] == "experiments.compare/1"
    paths = folders(results, experiment)
    runs = {}
    cells = 0
    for row in table["rows"]:
        for trial in row["trials"]:
            if (paths[trial] / "metrics.h5").exists():
                runs[trial] = Run(paths[trial])
        for column in table["columns"]:
            if column["kind"] not in ("objective", "metric") or column["id"].endswith(".name"):
                continue
            cell = row["cells"][column["id"]]
            trials = cell.get("trials", row["trials"])
            values = []
            for trial in trials:
                series = runs[trial].series(column["path"]) if trial in runs else None
                values.append(math.nan if series is None else float(series[runs[trial].best]))
            where = f"{experiment}, row {row['row']}, {column['id']}"
            if "mean" not in cell:
                agree(where, cell.get("value"), values[0] if values else None)
                continue
            for value, expected in zip(cell["values"], values):
                agree(where, value, expected)
            assert cell["seeds"] == [runs[trial].seed for trial in trials], where
            finite = np.array([v for v in values if not math.isnan(v)])
            assert cell["n"] == len(finite), where
            if len(finite) == 0:
                continue
            agree(where + " mean", cell["mean"], float(finite.mean()))
            if len(finite) > 1 and np.isfinite(finite).all() and len(set(finite)) > 1:
                agree(where + " std", cell["std"], float(finite.std(ddof=1)))
                half = stats.t.ppf(0.975, len(finite) - 1) * stats.sem(finite)
                agree(where + " low", cell["interval"][0], float(finite.mean() - half))
                agree(where + " high", cell["interval"][1], float(finite.mean() + half))
            cells += 1
    check_tests(table, experiment, runs)
    print(f"{experiment}: {len(table['rows'])} rows, {cells} cells over seeds")


def check_tests(table, experiment, runs):
    """The paired tests against the baseline, with Holm's adjustment."""
    objective = table["objective"]["path"]
    tests = [test for test in table["tests"] if test["kind"] == "paired"]
    ps = []
    for test in tests:
        values = []
        for place in (test["row"], table["baseline"]["row"]):
            cell = table["rows"][place]["cells"][objective]
            values.append(
                {
                    (runs[trial].seed, runs[trial].fold): float(
                        runs[trial].series(objective)[runs[trial].best]
                    )
                    for trial in cell["trials"]
                }
            )
        shared = sorted(set(values[0]) & set(values[1]))
        a = np.array([values[0][key] for key in shared])
        b = np.array([values[1][key] for key in shared])
        assert test["pairs"] == len(shared)
        agree(f"{experiment} difference", test["difference"], float((a - b).mean()))
        if len(shared) > 1 and (a - b).std() > 1e-13:
            result = stats.ttest_rel(a, b)
            agree(f"{experiment} p", test["p"], float(result.pvalue))
            interval = result.confidence_interval(0.95)
            agree(f"{experiment} interval", test["interval"][0], float(interval.low))
            agree(f"{experiment} interval", test["interval"][1], float(interval.high))
            ps.append((test, float(result.pvalue)))
    reached = 0.0
    for place, (test, p) in enumerate(sorted(ps, key=lambda pair: pair[1])):
        reached = max(reached, min(1.0, p * (len(ps) - place)))
        agree(f"{experiment} Holm", test["holm"], reached)


def main():
    program, results, *experiments = sys.argv[1:]
    if not experiments:
        experiments = sorted(
            path.name for path in Path(results).iterdir() if (path / "trials").is_dir()
        )
    for experiment in experiments:
        check(program, results, experiment)
    print(f"{checked} numbers agree, the worst to {worst:.1e}")


main()
