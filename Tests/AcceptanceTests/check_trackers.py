"""Opens what is exported in the trackers that it is for, and imports what they write.

    python check_trackers.py PROGRAM [tensorboard] [mlflow] [bundle] [neptune]

PROGRAM is the built `experiments`. A small sweep is trained in a folder that is removed again. Needs numpy,
h5py and

    tensorboard  tensorboard and torch: EventAccumulator loads the export, and event files of
                 torch.utils.tensorboard are imported
    mlflow       mlflow: its client reads the folder, a server is started for REST, and runs that mlflow
                 logged are imported from files and from the server
    bundle       nothing more: the file is read with h5py
    neptune      pandas and pyarrow: Parquet in the exporter's columns is turned into CSV
"""

import argparse
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import h5py
import numpy as np

SPEC = """
experiment: tiny
seed: 7
tags: [baseline]
data: {generated: {train: 8, validation: 4, size: [32, 32], classes: 3, seed: 3}}
template: {name: unet, base_channels: 4, depth: 2}
losses: cross_entropy
solver: {type: ADAM, base_lr: 1e-2}
training: {epochs: 3, batch_size: 4}
evaluation: {previews: 2, histograms: true}
limits: {threads: 1}
sweep: {seeds: 2, parameters: {solver.base_lr: [1e-2, 1e-3]}}
"""


class Workplace:
    """A folder with a sweep of four runs."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        (self.folder / "tiny.yaml").write_text(SPEC)
        self("run", "tiny.yaml")
        self("note", "tiny/1", "the first")

    def __call__(self, *arguments, status=0):
        done = subprocess.run(
            [self.program, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True,
            env={**os.environ, "EXPERIMENTS_RESULTS": "results"})
        if done.returncode != status:
            raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def show(self, run, results="results"):
        return json.loads(self("show", run, "--json", "--results", results))

    def curve(self, run, name, results="results"):
        """Steps and values of a scalar series."""
        rows = self.show(run, results)["evaluations"]
        values = [row["values"].get(name) for row in rows]
        return [row["step"] for row in rows], [np.nan if v is None else v for v in values]


def equal(found, expected, what):
    if not np.array_equal(np.asarray(found, float), np.asarray(expected, float), equal_nan=True):
        raise AssertionError(f"{what}: {found} is not {expected}")


# TensorBoard


def tensorboard(place):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.plugins.hparams import plugin_data_pb2

    place("export", "tiny", "--to", "tensorboard", "-o", "events")
    everything = {"scalars": 0, "histograms": 0, "images": 0, "tensors": 0}
    for run in ["tiny/1", "tiny/2", "tiny/3", "tiny/4"]:
        loaded = EventAccumulator(str(place.folder / "events" / run), size_guidance=everything)
        loaded.Reload()
        scalars = loaded.Tags()["scalars"]
        for name in ["validation.mean_iou", "training.loss", "validation.loss", "learning_rate"]:
            tag = name.replace(".", "/")
            assert tag in scalars, (tag, scalars)
            steps, values = place.curve(run, name)
            points = loaded.Scalars(tag)
            equal([point.step for point in points], steps, f"{run} {tag} steps")
            equal([point.value for point in points], np.float32(values), f"{run} {tag}")
        classes = [tag for tag in scalars if tag.startswith("validation/iou/")]
        assert len(classes) == 3, scalars
        check_histograms(place, run, loaded)
        tensors = loaded.Tags()["tensors"]
        images = [tag for tag in tensors if tag.startswith("previews/")]
        assert len(images) == 2 * 4, images
        predictions = [tag for tag in images if tag.endswith("/prediction")]
        assert all(len(loaded.Tensors(tag)) == 3 for tag in predictions), predictions
        shown = loaded.Tensors(predictions[0])[0].tensor_proto.string_val
        assert shown[:2] == [b"32", b"32"] and shown[2].startswith(b"\x89PNG"), shown[:2]
        start = plugin_data_pb2.HParamsPluginData.FromString(
            loaded.SummaryMetadata("_hparams_/session_start_info").plugin_data.content)
        rate = start.session_start_info.hparams["solver.base_lr"].number_value
        swept = place.show(run)["trial"]["hyperparameters"][0]["text"]
        assert rate == float(swept), (rate, swept)
    root = EventAccumulator(str(place.folder / "events"), size_guidance=everything)
    root.Reload()
    table = plugin_data_pb2.HParamsPluginData.FromString(
        root.SummaryMetadata("_hparams_/experiment").plugin_data.content).experiment
    assert [info.name for info in table.hparam_infos] == ["solver.base_lr"]
    assert table.metric_infos[0].name.tag == "validation/mean_iou"
    place("import", "events", "--as", "back", "--results", "back")
    for run in ["1", "2", "3", "4"]:
        steps, values = place.curve(f"tiny/{run}", "validation.mean_iou")
        again = place.curve(f"back/{run}", "validation.mean_iou", "back")
        equal(again[0], steps, "steps there and back")
        equal(again[1], np.float64(np.float32(values)), "values there and back")
        epochs = [row["epoch"] for row in place.show(f"back/{run}", "back")["evaluations"]]
        equal(epochs, [1, 2, 3], "epochs there and back")
    torch_events(place)


def check_histograms(place, run, loaded):
    tags = [tag for tag in loaded.Tags()["tensors"] if tag.startswith("weights/")]
    record = place.folder.glob(f"results/tiny/trials/*/{place.show(run)['id']}/metrics.h5")
    with h5py.File(next(record)) as file:
        counts, names = file["weights/histogram"][:], file["axes/parameter"].asstr()[:]
        lowest, highest = file["weights/lowest"][:], file["weights/highest"][:]
    assert sorted(tags) == sorted(f"weights/{name}" for name in names), (tags, names)
    for place_, name in enumerate(names):
        for row, event in enumerate(loaded.Tensors(f"weights/{name}")):
            found = np.frombuffer(event.tensor_proto.tensor_content).reshape(-1, 3)
            equal(found[:, 2], counts[row, place_], f"{run} {name} counts")
            equal([found[0, 0], found[-1, 1]], [lowest[row, place_], highest[row, place_]], name)


def torch_events(place):
    from torch.utils.tensorboard import SummaryWriter

    values, weights = np.random.default_rng(1).random(20), np.random.default_rng(2).normal(size=500)
    logs = place.folder / "logs" / "first"
    with SummaryWriter(str(logs), filename_suffix=".torch") as writer:
        for step, value in enumerate(values):
            writer.add_scalar("Loss/val", value, step)
            writer.add_scalar("val/mIoU", 1 - value, step, new_style=True)
            writer.add_scalar("double", value, step, new_style=True, double_precision=True)
        writer.add_histogram("weights", weights, 3)
        writer.add_text("comment", "as *before*")
        writer.add_image("image", np.zeros((3, 4, 4), np.uint8))
        writer.add_hparams({"lr": 0.1, "batch": 4, "aug": True, "name": "unet"}, {"best": 0.5})
    said = place("import", "logs", "--as", "torch", "--json")
    runs = json.loads(said)["runs"]
    assert len(runs) == 1, runs
    record = place.show("torch/1")
    steps, found = place.curve("torch/1", "validation.loss")
    kept = [index for index, value in enumerate(found) if not np.isnan(value)]
    equal(np.asarray(steps)[kept], range(20), "steps of torch")
    equal(np.asarray(found)[kept], np.float64(np.float32(values)), "values of torch")
    equal(place.curve("torch/1", "validation.mean_iou")[1][:20], np.float32(1 - values), "tensors")
    equal(place.curve("torch/1", "double")[1][:20], values, "doubles")
    counts = [row["values"].get("weights.histogram") for row in record["evaluations"]]
    total = sum(value for value in counts[3].values() if value is not None)
    assert abs(total - 500) < 1e-6, total
    settings = {setting["path"]: setting["value"] for setting in record["settings"]}
    assert settings["lr"] == "0.1" and settings["batch"] == "4", settings
    # torch.utils.tensorboard writes truth values as numbers.
    assert settings["aug"] == "1" and settings["name"] == "unet", settings
    assert any("image" in line for line in record["trial"]["origin"]["leftOut"])
    # A writer that is killed leaves a record cut, and a disk turns bits.
    file = next(logs.glob("events*"))
    data = bytearray(file.read_bytes())
    file.write_bytes(data[:-5])
    place("import", "logs", "--as", "cut")
    assert any("cut" in line for line in place.show("cut/1")["trial"]["origin"]["leftOut"])
    data[60] ^= 1
    file.write_bytes(data)
    place("import", "logs", "--as", "turned")
    said = place.show("turned/1")["trial"]["origin"]["leftOut"]
    assert any("checksum" in line and "byte" in line for line in said), said
    refused = subprocess.run(
        [place.program, "reproduce", "torch/1"], cwd=place.folder, capture_output=True, text=True)
    assert refused.returncode == 65 and "imported from TensorBoard" in refused.stderr, refused
    place("compare", "torch", "tiny")


# MLflow


def mlflow(place):
    place("export", "tiny", "--to", "mlflow", "-o", "mlruns")
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    from mlflow import MlflowClient

    client = MlflowClient(tracking_uri=(place.folder / "mlruns").as_uri())
    check_mlflow(place, client, "tiny")
    place("import", "mlruns", "--as", "files", "--results", "back")
    with Server(place.folder / "server") as address:
        again = place("export", "tiny", "--to", "mlflow", "--url", address)
        client = MlflowClient(tracking_uri=address)
        check_mlflow(place, client, "tiny")
        before = len(client.search_runs([client.get_experiment_by_name("tiny").experiment_id]))
        again = place("export", "tiny", "--to", "mlflow", "--url", address)
        after = len(client.search_runs([client.get_experiment_by_name("tiny").experiment_id]))
        assert before == after == 4 and "4 of them were there already" in again, again
        logged(client)
        place("import", address, "--from", "mlflow", "--results", "server-back")
        check_logged(place, "logged/1", "server-back")
        runs = {
            place.show(f"tiny/{n}", "server-back")["trial"]["origin"]["name"]: f"tiny/{n}"
            for n in range(1, 5)}
        for run in ["tiny/1", "tiny/2", "tiny/3", "tiny/4"]:
            equal(
                place.curve(runs[run], "validation.mean_iou", "server-back")[1],
                place.curve(run, "validation.mean_iou")[1], "there and back over the server")
    # What mlflow itself wrote as files.
    client = MlflowClient(tracking_uri=(place.folder / "theirs").as_uri())
    logged(client)
    place("import", "theirs")
    check_logged(place, "logged/1", "results")
    refused = subprocess.run(
        [place.program, "export", "tiny", "--to", "mlflow", "--url", "http://127.0.0.1:9"],
        cwd=place.folder, capture_output=True, text=True)
    assert refused.returncode == 65 and "mlflow server" in refused.stderr, refused


def check_mlflow(place, client, experiment):
    found = client.get_experiment_by_name(experiment)
    runs = client.search_runs([found.experiment_id])
    assert len(runs) == 4, runs
    for run in runs:
        name = run.data.tags["experiments.name"]
        assert run.info.status == "FINISHED" and run.data.tags["baseline"] == "true", run
        for series in ["validation.mean_iou", "training.loss"]:
            steps, values = place.curve(name, series)
            points = client.get_metric_history(run.info.run_id, series.replace(".", "/"))
            points.sort(key=lambda point: point.step)
            equal([point.step for point in points], steps, f"{name} {series} steps")
            equal([point.value for point in points], values, f"{name} {series}")
        swept = place.show(name)["trial"]["hyperparameters"][0]["text"]
        assert run.data.params["solver.base_lr"] == swept, run.data.params
        assert run.data.params["template.name"] == "unet"
        artifacts = {file.path for file in client.list_artifacts(run.info.run_id)}
        assert {"spec.yaml", "run.json", "previews"} <= artifacts, artifacts


METRICS = {"val_mIoU": [0.1, 0.3, float("nan"), 0.7 / 3], "loss": [1e-300, 2.5, -3.0, 1e9 / 7]}


def logged(client):
    experiment = client.create_experiment("logged")
    run = client.create_run(experiment, run_name="by mlflow", tags={"mlflow.note.content": "a note"})
    for key, values in METRICS.items():
        for step, value in enumerate(values):
            client.log_metric(run.info.run_id, key, value, step=step * 10)
    client.log_param(run.info.run_id, "optimizer/lr", 1e-3)
    client.log_param(run.info.run_id, "long", "it's a text: with 'signs' # and more")
    client.set_tag(run.info.run_id, "owner", "somebody")
    client.set_terminated(run.info.run_id, "FAILED")


def check_logged(place, run, results):
    record = place.show(run, results)
    for name, key in [("validation.mean_iou", "val_mIoU"), ("loss", "loss")]:
        steps, values = place.curve(run, name, results)
        equal(steps, [0, 10, 20, 30], key)
        equal(values, METRICS[key], key)
    settings = {setting["path"]: setting["value"] for setting in record["settings"]}
    assert settings["optimizer.lr"] in ("0.001", "1e-3"), settings
    assert settings["long"] == "it's a text: with 'signs' # and more", settings
    assert record["status"] == "failed" and "FAILED" in record["cause"], record["cause"]
    assert record["labels"]["note"] == "a note" and record["labels"]["name"] == "by mlflow"
    assert record["trial"]["origin"]["facts"]["owner"] == "somebody"


class Server:
    """`mlflow server` on a free port of this machine."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [
            str(pathlib.Path(sys.executable).parent / "mlflow"), "server", "--host", "127.0.0.1",
            "--port", str(port), "--workers", "1",
            "--backend-store-uri", f"sqlite:///{self.folder}/mlflow.db",
            "--artifacts-destination", str(self.folder / "artifacts")]
        environment = {k: v for k, v in os.environ.items() if k != "MLFLOW_ALLOW_FILE_STORE"}
        self.process = subprocess.Popen(
            command, stdout=open(self.folder / "log", "w"), stderr=subprocess.STDOUT,
            env=environment, start_new_session=True)
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(address + "/health", timeout=5).read()
                return address
            except OSError:
                time.sleep(0.2)
        raise AssertionError((self.folder / "log").read_text())

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()


# Bundle


def bundle(place):
    place("export", "tiny", "--to", "bundle", "--weights", "-o", "all.bundle.h5")
    place("import", "all.bundle.h5", "--results", "unpacked")
    own, back = place.folder / "results" / "tiny", place.folder / "unpacked" / "tiny"
    for file in own.rglob("*"):
        same = ["metrics.h5", "spec.json", "provenance.json", "result.json", "labels.json"]
        if file.name in same or file.parent.name == "checkpoints" or "previews-" in file.name:
            assert file.read_bytes() == (back / file.relative_to(own)).read_bytes(), file
    place("predict", "tiny/1", *sorted(place.folder.glob("results/.scenes/*/images/*.png"))[:1],
          "-o", "predicted", "--results", "unpacked")
    with h5py.File(place.folder / "all.bundle.h5") as file:
        run = file["runs/00001"]
        curve = run["metrics/validation/mean_iou"]
        equal(curve[:], place.curve(run.attrs["name"].decode(), "validation.mean_iou")[1], "bundle")
        assert curve.attrs["unit"] == b"1" and len(curve.dims[0].keys()) == 2, list(curve.dims[0])
    place("export", "tiny", "--to", "csv", "-o", "all.csv")
    lines = (place.folder / "all.csv").read_text().splitlines()
    column = lines[0].split(",").index("series")
    means = [line.split(",") for line in lines if line.split(",")[column] == "validation.mean_iou"]
    assert len(means) == 12, len(means)
    place("export", "tiny", "--to", "json", "-o", "all.json")
    assert len(json.loads((place.folder / "all.json").read_text())) == 4


# Neptune


def neptune(place):
    import pandas

    def row(run, path, kind, **values):
        return {"project_id": "ws/seg", "run_id": run, "attribute_path": path,
                "attribute_type": kind, **values}

    rows = []
    for run in ["SEG-1", "SEG-2"]:
        rows += [
            row(run, "sys/name", "string", string_value=f"net, \"{run}\""),
            row(run, "sys/tags", "string_set", string_set_value=["a", "b c"]),
            row(run, "parameters/lr", "float", float_value=0.1 if run == "SEG-1" else 0.01),
            row(run, "parameters/epochs", "int", int_value=3),
            row(run, "monitoring/cpu", "float_series", step=0, float_value=1.0)]
        rows += [
            row(run, "metrics/val/iou", "float_series", step=step, float_value=0.1 * step / 3)
            for step in range(4)]
    frame = pandas.DataFrame(rows)
    frame["int_value"] = frame["int_value"].astype("Int64")
    frame.to_parquet(place.folder / "SEG-1_part_0.parquet")
    refused = subprocess.run(
        [place.program, "import", "SEG-1_part_0.parquet"], cwd=place.folder, capture_output=True,
        text=True)
    assert refused.returncode == 65 and "duckdb" in refused.stderr, refused
    pandas.read_parquet(place.folder / "SEG-1_part_0.parquet").to_csv(
        place.folder / "neptune.csv", index=False)
    place("import", "neptune.csv")
    record = place.show("ws-seg/1")
    equal(place.curve("ws-seg/1", "validation.iou")[1], [0.1 * s / 3 for s in range(4)], "neptune")
    assert record["labels"]["name"] == 'net, "SEG-1"' and record["labels"]["tags"] == ["a", "b-c"]
    assert record["trial"]["hyperparameters"] == [{"path": "lr", "text": "0.1"}]


CHECKS = {"tensorboard": tensorboard, "mlflow": mlflow, "bundle": bundle, "neptune": neptune}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("checks", nargs="*", choices=[*CHECKS, []], default=[])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(str(given.program.resolve()), folder)
        for name in given.checks or CHECKS:
            CHECKS[name](place)
            print(f"{name}: as recorded")


if __name__ == "__main__":
    main()
