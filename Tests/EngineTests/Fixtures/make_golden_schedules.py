"""Writes golden-torch-schedules.json: the rates that PyTorch's own schedulers give, step by step.

    python make_golden_schedules.py        (PyTorch 2)

Most of them multiply the rate of the step before instead of computing it anew, so that their rounding
adds up: they are off from the closed form by about 1e-13 of the rate.
"""

import json
import pathlib

import torch
from torch.optim import lr_scheduler as torch_schedules

BASE = 0.1
FOLDER = pathlib.Path(__file__).parent


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=BASE)


def rates(make, steps):
    """What each of so many steps is taken with."""
    optimized = optimizer()
    schedule, found = make(optimized), []
    for step in range(steps):
        found.append(optimized.param_groups[0]["lr"])
        optimized.step()
        if step + 1 < steps:
            schedule.step()
    return found


def plateau_rates(make, values):
    """After each of the values."""
    optimized = optimizer()
    schedule, found = make(optimized), []
    for value in values:
        optimized.step()
        schedule.step(float("nan") if value is None else value)
        found.append(optimized.param_groups[0]["lr"])
    return found


# What our schedule is called and set to, for how many steps, and PyTorch's with its settings.
SEQUENCES = [
    ("poly", {"power": 0.9}, 100, "PolynomialLR", {"total_iters": 100, "power": 0.9}),
    ("poly", {"power": 2}, 60, "PolynomialLR", {"total_iters": 60, "power": 2}),
    ("cosine", {}, 100, "CosineAnnealingLR", {"T_max": 100}),
    ("cosine", {"min_lr": 1e-3}, 77, "CosineAnnealingLR", {"T_max": 77, "eta_min": 1e-3}),
    (
        "sgdr", {"period": 10, "p_mult": 2, "lr_mult": 1, "min_lr": 1e-4}, 100,
        "CosineAnnealingWarmRestarts", {"T_0": 10, "T_mult": 2, "eta_min": 1e-4},
    ),
    (
        "sgdr", {"period": 13, "p_mult": 1, "lr_mult": 1, "min_lr": 0}, 60,
        "CosineAnnealingWarmRestarts", {"T_0": 13},
    ),
    ("one_cycle", {}, 100, "OneCycleLR", {"max_lr": BASE, "total_steps": 100}),
    (
        "one_cycle", {"pct_start": 0.45, "div_factor": 10, "final_div_factor": 100}, 73,
        "OneCycleLR",
        {
            "max_lr": BASE, "total_steps": 73, "pct_start": 0.45, "div_factor": 10,
            "final_div_factor": 100,
        },
    ),
    ("step", {"stepsize": 7, "gamma": 0.3}, 50, "StepLR", {"step_size": 7, "gamma": 0.3}),
    (
        "multistep", {"stepvalue": [3, 20, 41], "gamma": 0.2}, 50, "MultiStepLR",
        {"milestones": [3, 20, 41], "gamma": 0.2},
    ),
    ("exp", {"gamma": 0.93}, 100, "ExponentialLR", {"gamma": 0.93}),
    (
        "linear", {"end_factor": 0.01}, 90, "LinearLR",
        {"start_factor": 1, "end_factor": 0.01, "total_iters": 90},
    ),
]  # fmt: skip

# None is a value that is not a number. PyTorch leaves changes below `eps` out, we do not.
VALUES = [1, 0.75, 0.8125, 0.75, 0.7421875, 0.5, 0.5, None, 0.5625, 0.625, 0.5, 0.5, 0.25, 0.3125,
           0.375, 0.4375, 0.25, 0.28125, 0.25, 0.3125, 0.1875, 0.1875, 0.1875]  # fmt: skip
PLATEAUS = [
    (
        {"gamma": 0.5, "patience": 2, "threshold": 0.05},
        {"factor": 0.5, "patience": 2, "threshold": 0.05},
    ),
    (
        {"gamma": 0.3, "patience": 0, "threshold": 1e-4, "cooldown": 3, "min_lr": 2e-3},
        {"factor": 0.3, "patience": 0, "threshold": 1e-4, "cooldown": 3, "min_lr": 2e-3},
    ),
    (
        {"monitor": "validation.mean_iou", "gamma": 0.1, "patience": 1, "threshold": 0.1},
        {"mode": "max", "factor": 0.1, "patience": 1, "threshold": 0.1},
    ),
]


def cases():
    def case(component, fields, steps, name, options, **more):
        written = ", ".join(f"{key}={value}" for key, value in options.items())
        return {
            "torch": f"{name}({written})", "component": component, "fields": fields, "base": BASE,
            "steps": steps, **more,
        }  # fmt: skip

    for component, fields, steps, name, options in SEQUENCES:
        found = rates(lambda optimized: getattr(torch_schedules, name)(optimized, **options), steps)
        yield case(component, fields, steps, name, options, rates=found)

    # A warm-up multiplies what the schedule says.
    def warmed(optimized):
        return torch_schedules.ChainedScheduler([
            torch_schedules.LinearLR(optimized, start_factor=0.1, total_iters=15),
            torch_schedules.PolynomialLR(optimized, total_iters=50, power=0.9),
        ])

    yield case(
        "poly", {"power": 0.9}, 50, "LinearLR and PolynomialLR",
        {"start_factor": 0.1, "total_iters": 15}, warmup=15, rates=rates(warmed, 50),
    )  # fmt: skip
    for fields, options in PLATEAUS:
        found = plateau_rates(
            lambda optimized: torch_schedules.ReduceLROnPlateau(optimized, eps=0, **options), VALUES)
        yield case(
            "plateau", fields, 1, "ReduceLROnPlateau", options, values=VALUES, rates=found)


(FOLDER / "golden-torch-schedules.json").write_text(
    "[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n")
