extension DiagnosticExplanation {
  /// Files that build on each other, and what `--set` changes in them.
  static let composition = [
    DiagnosticExplanation(
      .missingBase, "base that is not there",
      why:
        "A file that base names cannot be found, or base names none. Its path is relative to the file that names it.",
      remedy: "Correct the path, or leave base out.",
      wrong: "base: [comon.yaml]",
      right: Example("base: [common.yaml]", files: ["common.yaml": "seed: 7"])),
    DiagnosticExplanation(
      .circularBase, "files that build on each other",
      why:
        "A file cannot be put together from itself. The message shows the way from file to file.",
      remedy: "Take one of the files out of a base.",
      wrong: Example("base: [common.yaml]", files: ["common.yaml": "base: [spec.yaml]\nseed: 7"]),
      right: Example("base: [common.yaml]", files: ["common.yaml": "seed: 7"])),
    DiagnosticExplanation(
      .idleReplacement, "!replace that replaces nothing",
      why: "!replace drops what a mapping inherits from base files, and this spec has none.",
      remedy: "Leave it out.",
      wrong: "solver: !replace {type: SGD, base_lr: 0.01}",
      right: "solver: {type: SGD, base_lr: 0.01}"),
    DiagnosticExplanation(
      .unsettablePath, "--set that leads nowhere",
      why: """
        What stands behind --set is no path, or it leads through a value that has no keys, adds what is \
        written already, or takes away what is not.
        """,
      remedy:
        "Write path=value, +path=value to add, or ~path to take away; 'experiments config SPEC' prints all paths.",
      wrong: Example("seed: 7", overrides: ["seed.first=1"]),
      right: Example("seed: 7", overrides: ["seed=1"])),
    DiagnosticExplanation(
      .undoneOverride, "--set of what the sweep sets",
      why:
        "Every point of the sweep has its own value there, which would take the place of the one that is set.",
      remedy: "Set the values of the sweep, or sweep=null for none.",
      wrong: Example(
        "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}}", overrides: ["solver.base_lr=0.05"]),
      right: Example(
        "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}}",
        overrides: ["sweep.parameters.solver.base_lr=[0.05]"])),
  ]
}
