@testable import Experiments
@testable import Groundwork
import Testing

/// The table of sections against the decoders: each is shown a spec with an unknown key in one section
/// and answers with the keys that it knows there.
@Suite("The table of the spec's sections")
struct SpecSectionsTests {
  private static let unknown = "zzzzzzzz"
  private static let lists = "train: train.txt, validation: 0.5, classes: [a, b]"
  private static let scenes = "train: 8, validation: 2, size: [96, 96]"

  /// For each section, lines of a spec that have an unknown key in it. Where what is written decides
  /// which keys there are, several lines know all of them together.
  private static let probes: [String: [String]] = [
    "": ["\(unknown): 1"],
    "data": ["data: {\(lists), \(unknown): 1}", "data: {generated: {\(scenes)}, \(unknown): 1}"],
    "data.train": [
      "data: {train: [a, {images: x, masks: '{stem}', \(unknown): 1}], validation: b, classes: [a, b]}"
    ],
    "data.validation": ["data: {train: a, classes: [a, b], validation: {folds: 2, \(unknown): 1}}"],
    "data.generated": ["data: {generated: {\(scenes), \(unknown): 1}}"],
    "data.patches": ["data: {\(lists), patches: {size: [8, 8], \(unknown): 1}}"],
    "data.points": ["data: {\(lists), points: {count: 8, \(unknown): 1}}"],
    "data.points.columns": ["data: {\(lists), points: {count: 8, columns: {\(unknown): 1}}}"],
    "data.points.blocks": [
      "data: {\(lists), points: {count: 8, blocks: {size: 1, \(unknown): 1}}}"
    ],
    "data.patches.balance.CLASS": [
      "data: {\(lists), patches: {size: [8, 8], balance: {a: {share: 0.5, \(unknown): 1}}}}"
    ],
    "data.slices": ["data: {\(lists), slices: {\(unknown): 1}}"],
    "data.normalize": [
      "data: {\(lists), normalize: {mean: [0, 0, 0], std: [1, 1, 1], \(unknown): 1}}"
    ],
    "data.range": ["data: {\(lists), range: {from: 0, to: 1, \(unknown): 1}}"],
    "data.sampling": ["data: {\(lists), sampling: {\(unknown): 1}}"],
    "data.groups": ["data: {\(lists), groups: {pattern: (a), \(unknown): 1}}"],
    "template": ["template: {name: unet, \(unknown): 1}"],
    "template.layers.NAME": ["template: {layers: [{relu: {\(unknown): 1}}]}"],
    "weights": ["weights: {from: a.h5, \(unknown): 1}"],
    "losses.NAME": ["losses: [{dice: {\(unknown): 1}}]"],
    "losses.NAME.weight": ["losses: [{dice: {weight: {\(unknown): 1}}}]"],
    "losses.NAME.weight.linear": [
      "losses: [{dice: {weight: {linear: {from: 0, to: 1, over: 5, \(unknown): 1}}}}]",
      "losses: [{dice: {weight: {cosine: {from: 0, to: 1, over: 5, \(unknown): 1}}}}]",
    ],
    "losses.NAME.weight.step": [
      "losses: [{dice: {weight: {step: {from: 0, to: 1, at: 5, \(unknown): 1}}}}]"
    ],
    "solver": ["solver: {type: SGD, base_lr: 0.01, \(unknown): 1}"],
    "solver.groups": [
      "solver: {type: SGD, base_lr: 0.01, groups: [{parameters: a, lr_mult: 1, \(unknown): 1}]}"
    ],
    "solver.ema": ["solver: {type: SGD, base_lr: 0.01, ema: {decay: 0.9, \(unknown): 1}}"],
    "solver.swa": ["solver: {type: SGD, base_lr: 0.01, swa: {from: 1, \(unknown): 1}}"],
    "solver.schedule.warmup": [
      "solver: {type: SGD, base_lr: 0.01, schedule: {warmup: {over: 2, \(unknown): 1}}}"
    ],
    "training": ["training: {epochs: 3, \(unknown): 1}"],
    "training.early_stopping": [
      "training: {epochs: 3, early_stopping: {patience: 1 epoch, \(unknown): 1}}"
    ],
    "training.relabel": ["training: {epochs: 3, relabel: {every: 1 epoch, \(unknown): 1}}"],
    "evaluation": ["evaluation: {\(unknown): 1}"],
    "evaluation.test_time_augmentation": [
      "evaluation: {test_time_augmentation: {mirror: both, \(unknown): 1}}"
    ],
    "evaluation.previews": ["evaluation: {previews: {\(unknown): 1}}"],
    "checkpoints": ["checkpoints: {\(unknown): 1}"],
    "checkpoints.keep": ["checkpoints: {keep: {\(unknown): 1}}"],
    "limits": ["limits: {\(unknown): 1}"],
    "limits.on_failure": ["limits: {on_failure: {\(unknown): 1}}"],
    "sweep": ["sweep: {method: grid, \(unknown): 1}", "sweep: {method: list, \(unknown): 1}"],
    "sweep.objective": ["sweep: {objective: {\(unknown): 1}}"],
  ]

  @Test("a section's decoder knows the keys of the table and no others", arguments: probes.keys)
  func keys(path: String) throws {
    let section = try #require(SpecSection.all.first { $0.path == path })
    let lines = try #require(Self.probes[path])
    let known = Set(lines.flatMap(Self.knownKeys)).subtracting(try Self.componentFields(of: path))
    #expect(Set(section.keys.map(\.name)) == known)
  }

  @Test("every section of the table is asked for, but one whose key is taken out beforehand")
  func probed() {
    #expect(
      Set(SpecSection.all.map(\.path)) == Set(Self.probes.keys).union(["solver.schedule"]))
  }

  @Test("a key stands once in its section")
  func once() {
    for section in SpecSection.all {
      #expect(Set(section.keys.map(\.name)).count == section.keys.count, "\(section.path)")
    }
  }

  /// The keys that the decoder offers in place of the unknown one.
  private static func knownKeys(_ line: String) -> [String] {
    let source = SourceText(name: "spec.yaml", text: SampleSpecs.minimal(line))
    do throws(SpecErrors) {
      _ = try ExperimentSpec.load(source, folder: "/", overrides: [], catalog: .standard).plan()
    } catch {
      let remedies = error.diagnostics.filter { $0.message.contains("'\(unknown)'") }
        .compactMap(\.remedy)
      return remedies.flatMap { remedy in
        remedy.replacing("one of ", with: "").split(separator: ", ").map(String.init)
      }
    }
    return []
  }

  /// The fields of the components that the probes name; they stand beside the section's own keys.
  private static func componentFields(of path: String) throws -> [String] {
    let named = ["template": "unet", "losses.NAME": "dice", "solver": "SGD"]
    guard let name = named[path] else { return [] }
    let kind = try ComponentKind.find(path == "losses.NAME" ? "loss" : path)
    let component = ComponentDescription.list(nil, of: [kind]).first { $0.name == name }
    return try #require(component).fields.map(\.name)
  }
}
