"""Trains a sweep through a real Slurm and compares it with one that trained without.

usage: check_slurm.py PROGRAM FOLDER

A cluster of two nodes on this machine (cluster.sh) trains 12 trials. Meanwhile one task gives way to an urgent job,
and one node is lost. The sweep must end with the table and the weights of the local run. An adaptive sweep and a
time limit follow.
"""

import csv
import hashlib
import io
import os
import pathlib
import shutil
import subprocess
import sys
import time

SPEC = """\
experiment: sweep
seed: 5
data:
  generated: {train: 24, validation: 8, size: [64, 64], classes: 3, seed: 3}
template: {name: unet, base_channels: 8, depth: 2}
losses: [cross_entropy, dice]
solver: {type: ADAM, base_lr: 1e-2}
training: {epochs: EPOCHS, batch_size: 4}
limits: {threads: 1}
"""
GRID = """\
sweep:
  parameters:
    solver.base_lr: [1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5]
    losses: [[cross_entropy], [cross_entropy, dice]]
"""
ADAPTIVE = """\
sweep:
  method: tpe
  trials: 6
  batch: 2
  startup: 2
  parameters:
    solver.base_lr: {log_uniform: [1e-4, 1e-1]}
"""

program, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
here = pathlib.Path(__file__).resolve().parent
cluster = folder / "cluster"
environment = {**os.environ, "SLURM_CONF": str(cluster / "slurm.conf")}
environment.pop("EXPERIMENTS_RESULTS", None)
failures = []


def expect(holds, what):
    print(("  ok    " if holds else "  WRONG ") + what, flush=True)
    if not holds:
        failures.append(what)


def experiments(place, *arguments):
    place.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [program, *arguments], cwd=place, env=environment, text=True, capture_output=True, stdin=subprocess.DEVNULL
    )


def control(*arguments):
    subprocess.run(["sh", str(here / "cluster.sh"), arguments[0], str(cluster), *arguments[1:]], check=True)


def slurm(*arguments):
    return subprocess.run(arguments, env=environment, text=True, capture_output=True).stdout


def table(place):
    """The comparison as CSV, without what differs from one training to the next."""
    rows = list(csv.reader(io.StringIO(experiments(place, "compare", "sweep", "--format", "csv").stdout)))
    kept = [
        column
        for column, name in enumerate(rows[0])
        if not any(word in name for word in ("time", "second", "memory", "images/s", "host", "started", "attempts"))
    ]
    return [[row[column] for column in kept] for row in rows]


def weights(place):
    """Digest of each run's checkpoints, by id."""
    return {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(place.glob("results/sweep/trials/*/*/checkpoints/*.h5"))
    }


def wait_for(what, condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            expect(False, f"{what} within {seconds} s")
            return False
        time.sleep(0.3)
    return True


def finished(place):
    return len(list(place.glob("results/sweep/trials/*/*/result.json")))


def node_of(task):
    lines = [line.split("|") for line in slurm("squeue", "--noheader", "--array", "--format=%K|%T|%N").splitlines()]
    return next((line[2].strip() for line in lines if line[0].strip() == task and line[1] == "RUNNING"), "")


def start(place, spec, *arguments):
    place.mkdir(parents=True, exist_ok=True)
    (place / "sweep.yaml").write_text(spec)
    return subprocess.Popen(
        [program, "run", "sweep.yaml", "--executor", "slurm", *arguments],
        cwd=place, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )


def same(local, remote, what):
    expect(table(remote) == table(local), f"{what}: the same table")
    expect(weights(remote) == weights(local) != {}, f"{what}: the same weights, {len(weights(local))} files")


def check_losses_and_preemption():
    print("12 trials, one task preempted, one node lost")
    spec = SPEC.replace("EPOCHS", "40") + GRID
    local, remote = folder / "local", folder / "remote"
    local.mkdir(parents=True)
    (local / "sweep.yaml").write_text(spec)
    expect(experiments(local, "run", "sweep.yaml").returncode == 0, "the sweep trains here")
    run = start(remote, spec, "--jobs", "2", "--sbatch=--partition=work")
    if wait_for("two trials", lambda: finished(remote) >= 2):
        node = node_of("0")
        slurm("sbatch", "--partition=urgent", f"--nodelist={node}", "--mem=100M", "--output=/dev/null", "--wrap=sleep 4")
        log = next(remote.glob("results/.slurm/sweep-1/task-0.log"))
        wait_for("the preemption", lambda: "PREEMPTION" in log.read_text())
    if wait_for("six trials", lambda: finished(remote) >= 6):
        control("lose", "n2")
    output, _ = run.communicate(timeout=900)
    print("    " + "\n    ".join(output.splitlines()[:12]))
    expect(run.returncode == 0, "the command ends with status 0")
    expect(finished(remote) == 12, f"{finished(remote)} of 12 trials are finished")
    same(local, remote, "grid")
    attempts = [len(list(path.iterdir())) for path in remote.glob("results/sweep/trials/*/*/attempts")]
    expect(max(attempts) > 1, f"some trials went on in a second attempt ({sum(attempts)} attempts)")


def check_adaptive():
    print("an adaptive sweep")
    spec = SPEC.replace("EPOCHS", "4") + ADAPTIVE
    local, remote = folder / "local-tpe", folder / "remote-tpe"
    local.mkdir(parents=True)
    (local / "sweep.yaml").write_text(spec)
    expect(experiments(local, "run", "sweep.yaml").returncode == 0, "the sweep trains here")
    run = start(remote, spec, "--jobs", "2")
    output, _ = run.communicate(timeout=600)
    expect(run.returncode == 0, "the command ends with status 0")
    same(local, remote, "tpe")


def check_cancelling():
    print("a cancelled job")
    spec = SPEC.replace("EPOCHS", "60")
    local, remote = folder / "local-long", folder / "remote-long"
    local.mkdir(parents=True)
    (local / "sweep.yaml").write_text(spec)
    expect(experiments(local, "run", "sweep.yaml").returncode == 0, "the trial trains here")
    run = start(remote, spec)
    wait_for("a checkpoint", lambda: weights(remote) != {})
    slurm("scancel", "--user=" + slurm("id", "-un").strip())
    output, _ = run.communicate(timeout=120)
    expect(run.returncode == 75, f"the command ends with status 75 (it was {run.returncode})")
    expect("go on with:" in output, "it says how to go on")
    run = start(remote, spec)
    run.communicate(timeout=300)
    expect(run.returncode == 0, "submitted again, it ends")
    same(local, remote, "cancelled")


def main():
    missing = [name for name in ("slurmctld", "slurmd", "sbatch", "munge") if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        print("not tested: this needs root and Debian's slurmctld, slurmd, slurm-client and munge")
        return 0
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    control("start")
    try:
        check_losses_and_preemption()
        control("stop")
        time.sleep(1)
        shutil.rmtree(cluster)
        control("start")
        check_adaptive()
        check_cancelling()
    finally:
        control("stop")
    print(f"{len(failures)} wrong" if failures else "all as it should be")
    return 1 if failures else 0


sys.exit(main())
