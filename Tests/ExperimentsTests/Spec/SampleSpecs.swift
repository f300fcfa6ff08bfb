@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing
@testable import Tracking

/// Specs to test with, and what becomes of them.
enum SampleSpecs {
  /// Small and right; lines can be put in place of others.
  static let minimal = """
    experiment: shapes
    data: {generated: {train: 8, validation: 2, size: [96, 96], classes: 4}}
    template: unet
    losses: dice
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 3}
    """

  /// Every key that is due, none at its default.
  static let full = """
    experiment: camvid-losses
    about: Which loss serves small classes best?
    tags: [camvid, losses]
    seed: 7
    data:
      root: ../data/camvid
      train: train.txt
      validation: 0.2
      classes: [sky, road, car]
      ignore: [255, 11]
      size: [352, 480]
      channels: 1
      normalize: {mean: [0.5], std: [0.25]}
    template: {name: unet, base_channels: 16, depth: 3}
    losses:
      - cross_entropy: {weight: 0.7, class_weights: [1, 2.5, 1e-3]}
      - dice
    solver: {type: SGD, base_lr: 1e-2, weight_decay: 1e-4, momentum: 0.95, schedule: {poly: {power: 0.9}}}
    augmentation: [mirror, {rotate: {degrees: 5, border: reflect}}, {random_crop: {size: [64, 128]}}]
    training: {iterations: 75000, batch_size: 2, device: openblas}
    evaluation: {every: 500, batch_size: 1}
    checkpoints: {every: 1000 iterations, keep: {best: 0, last: 1}}
    limits: {threads: 2, memory: 8 GB, cache_memory: 2 GB}
    """

  /// The minimal spec with the line of that key replaced, and lines appended.
  static func minimal(_ lines: String...) -> String { lines.reduce(minimal, replacing) }

  /// A spec with the line of that key replaced, or the line appended.
  static func replacing(_ text: String, _ line: String) -> String {
    var kept = text.split(separator: "\n").map(String.init)
    let key = line.prefix { $0 != ":" } + ":"
    if let index = kept.firstIndex(where: { $0.hasPrefix(key) }) {
      kept[index] = line
    } else {
      kept.append(line)
    }
    return kept.joined(separator: "\n")
  }

  static func plan(
    _ text: String, overrides: [String] = [], folder: String = "/specs"
  ) throws(SpecErrors) -> TrialPlan {
    let source = SourceText(name: "unet.yaml", text: text)
    return try ExperimentSpec.load(
      source, folder: folder, overrides: overrides, catalog: .sample
    ).plan()
  }

  /// What is wrong with a spec, a line each: `3:31 message (remedy)`.
  static func problems(_ text: String, overrides: [String] = []) -> [String] {
    do throws(SpecErrors) {
      _ = try plan(text, overrides: overrides)
      return []
    } catch {
      return error.diagnostics.map { problem in
        let place = problem.mark.place.replacing("unet.yaml:", with: "")
        return "\(place) \(problem.message)" + (problem.remedy.map { " (\($0))" } ?? "")
      }
    }
  }

  /// What a person is told about a spec that is wrong; empty for one that is right.
  static func complaint(_ text: String, overrides: [String] = []) -> String {
    do throws(SpecErrors) {
      _ = try plan(text, overrides: overrides)
      return ""
    } catch {
      return error.description
    }
  }
}
