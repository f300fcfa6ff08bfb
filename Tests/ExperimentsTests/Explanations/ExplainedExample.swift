@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
@testable import Tracking

/// An example of an explanation as a spec of its own, with the files that examples speak of beside it.
final class ExplainedExample {
  private let folder: URL
  private let spec: URL
  private let overrides: [String]

  init(_ example: DiagnosticExplanation.Example) throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "explained-\(UUID().uuidString)")
    spec = folder.appending(path: "spec.yaml")
    overrides = example.overrides
    for name in ["images", "masks"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    for (name, text) in example.files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let text = Self.sections(example.yaml).reduce(SampleSpecs.minimal(), SampleSpecs.replacing)
    try Data(text.utf8).write(to: spec)
    try writeImages()
    try writeWeights()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The codes of what is wrong with the spec before data is read, and the plan where nothing is.
  func planned() -> (codes: [DiagnosticCode], plan: TrialPlan?) {
    do throws(SpecErrors) {
      return ([], try ExperimentSpec.load(path: spec.path, overrides: overrides).plan())
    } catch {
      return (error.diagnostics.map(\.code), nil)
    }
  }

  /// The codes of everything that `check` says of a plan, warnings included.
  func checked(_ plan: TrialPlan) throws -> [DiagnosticCode] {
    let store = FolderStore(root: folder.appending(path: "results").path)
    do {
      let inspected = try plan.inspected(results: store.root)
      let facts = try Sweep(inspected: inspected, store: store).survey(plan.trials).facts
      if let limit = plan.limits.memory {
        try facts.memoryReport(of: inspected.plan.trials).require(atMost: limit)
      }
      return facts.warnings.warnings.map(\.diagnostic.code)
    } catch {
      return JSONErrors(error).errors.compactMap(\.code)
    }
  }

  /// Each top-level key with the lines below it.
  private static func sections(_ yaml: String) -> [String] {
    var sections: [String] = []
    for line in yaml.split(separator: "\n").map(String.init) {
      if let last = sections.last, line.hasPrefix(" ") || line.hasPrefix("\t") {
        sections[sections.count - 1] = last + "\n" + line
      } else {
        sections.append(line)
      }
    }
    return sections
  }

  /// Images whose right half is of class 1, and a mask that holds 7 too.
  private func writeImages() throws {
    let size = Size(height: 32, width: 32)
    let ids = (0..<1024).map { UInt8($0 % 32 / 16) }
    for number in 0..<12 {
      let pixels = (0..<3072).map { UInt8(truncatingIfNeeded: $0 * 7 + number * 40) }
      try ImageFile.write(
        Raster(size: size, channels: 3, pixels: pixels),
        to: folder.appending(path: "images/\(number).png").path)
      try ImageFile.write(
        Mask(size: size, ids: ids), to: folder.appending(path: "masks/\(number).png").path)
    }
    try ImageFile.write(
      Mask(size: size, ids: Array(repeating: 7, count: 128) + ids.dropFirst(128)),
      to: folder.appending(path: "masks/odd.png").path)
  }

  /// The first tensor of a U-Net, as safetensors has it: a length, a header of JSON, and the numbers.
  private func writeWeights() throws {
    let header =
      #"{"encoder0.convolution0.weight":{"dtype":"F32","shape":[64,3,3,3],"data_offsets":[0,6912]}}"#
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    try (length + Data(header.utf8) + Data(count: 6912)).write(
      to: folder.appending(path: "unet.safetensors"))
  }
}
