import ArgumentParser
import Tracking

/// Prints a spec with everything that it builds on and every default.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print a spec as it is trained: base files, --set and defaults put together.",
    discussion: """
      experiments config my.yaml
      experiments config my.yaml solver.base_lr
      experiments config my.yaml --origin --set solver.type=ADAM
      experiments config my.yaml --diff common/camvid.yaml
      experiments config my.yaml > frozen.yaml

      What is printed is a spec of the same trials; paths in it are relative to the folder of the spec. \
      With a sweep the values are those of its first trial, and the sweep follows as it was written. \
      --origin says behind each value which file and line it comes from, or that it is a default.
      """)

  @OptionGroup var spec: SpecOptions

  @Argument(help: "A value or a section to print alone, e.g. solver.base_lr or losses.")
  var path: String?

  @Flag(help: "Say where each value comes from.")
  var origin = false

  @Option(
    help: ArgumentHelp(
      "Show only what differs from this spec, or from a base file.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var diff: String?

  @Option(help: "The trial whose values are shown, by its number.")
  var trial = 1

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard diff == nil || path == nil && !origin else {
      throw ValidationError(
        "--diff shows every value that differs: leave the path and --origin out")
    }
    if let path, SpecPath(path) == nil {
      throw ValidationError("'\(path)' is no path: write keys with a '.' between them")
    }
  }

  func run() throws {
    let loaded = try spec.loaded(results.folder)
    if let diff { return try printDifference(loaded, diff) }
    let resolved = try resolve(loaded)
    if let path, let wanted = SpecPath(path) {
      guard let value = resolved.value(at: wanted) else {
        throw Failure(
          .nothingMatched,
          "error: \(spec.spec) has no value \(path)"
            + (NearestName.of(path, among: resolved.values.map(\.path))
              .map { "; did you mean \($0)?" } ?? ""))
      }
      return print(
        json ? CanonicalJSON(value).text : YAMLText(value).text, terminator: json ? "\n" : "")
    }
    if json { return print(try jsonText(resolved)) }
    print(resolved.text(withOrigins: origin), terminator: "")
  }

  private func resolve(_ loaded: LoadedSpec) throws -> ResolvedTree {
    let plan = try loaded.plan()
    guard plan.trials.indices.contains(trial - 1) else {
      throw Failure(
        .usage, "error: --trial \(trial): the spec has trials 1 to \(plan.trials.count)")
    }
    return try ResolvedTree(plan.trials[trial - 1], in: plan, of: loaded)
  }

  private func jsonText(_ resolved: ResolvedTree) throws -> String {
    guard origin else { return CanonicalJSON(resolved.root).text }
    return try JSONOutput.text(
      zip(resolved.values, resolved.origins).map { value, origin in
        Placed(path: value.path, value: value.text, origin: origin.text)
      })
  }

  private struct Placed: Encodable {
    let path: String
    let value: String
    let origin: String
  }

  /// A file that makes no trials by itself is compared by what is written in both.
  private func printDifference(_ loaded: LoadedSpec, _ other: String) throws {
    let second = try ExperimentSpec.load(path: other, results: results.folder.path)
    let difference: ResolvedDifference
    if let plan = try? second.plan() {
      difference = ResolvedDifference(
        try resolve(loaded).values,
        try ResolvedTree(plan.trials[0], in: plan, of: second).values)
    } else {
      Screen.standardError().print(
        "\(other) is no whole spec: what is written is compared, without defaults")
      difference = ResolvedDifference(loaded.tree.values, second.tree.values)
    }
    print(
      json
        ? try JSONOutput.text(difference)
        : difference.text(of: (spec.spec, other), width: Screen.outputWidth))
  }
}
