internal import Datasets
import Foundation
internal import Groundwork

/// Writes the data of a spec in the layout of another tool.
struct DataExport {
  let spec: ExperimentSpec
  let configuration: DataConfiguration
  let seed: UInt64
  let format: any DataExportFormat.Type

  /// - Returns: how many images each part has, and what a person should know.
  func write(
    to folder: String, progress: (_ done: Int, _ all: Int) -> Void
  ) throws -> (counts: [String: Int], notes: [String]) {
    var images = try LabelledImages(configuration, seed: seed)
    let test = try configuration.heldOut.map {
      try LabelledImages.samples(of: $0, configuration)
    }
    let parts = [("train", images.train), ("val", images.validation), ("test", test ?? [])]
    let hasPlanes = configuration.reading.form == .binaryPlanes
    // Tools want class 0 to be the background.
    let isShifted = !hasPlanes && !Self.isBackground(configuration.classes[0])
    let data = ExportedDataSet(
      experiment: spec.experiment,
      classes: (isShifted ? ["background"] : []) + configuration.classes, hasPlanes: hasPlanes)
    var writer = try format.init(data, folder: folder)
    var problems: [DataProblem] = []
    var names: Set<String> = []
    var done = 0
    let all = parts.reduce(0) { $0 + $1.1.count }
    for (part, samples) in parts {
      for sample in samples {
        progress(done, all)
        done += 1
        do throws(DataError) {
          var (raster, labels) = try images.read(sample)
          // Of several planes the first says the classes, unless there is one for each.
          if !hasPlanes { labels = Array(labels.prefix(raster.size.area)) }
          if isShifted {
            for pixel in labels.indices where labels[pixel] != Labels.ignoreIndex {
              labels[pixel] += 1
            }
          }
          let image = ExportedImage(
            part: part, name: Self.name(of: sample, &names), file: sample.wholeFile, raster: raster,
            labels: labels)
          guard problems.isEmpty else { continue }
          try Self.rethrow { try writer.write(image) }
        } catch {
          problems += error.problems
        }
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    try writer.finish()
    let shifted =
      isShifted
      ? ["class ids are one higher than in the spec: 0 is a background that no pixel has"] : []
    return (
      Dictionary(uniqueKeysWithValues: parts.filter { !$0.1.isEmpty }.map { ($0.0, $0.1.count) }),
      shifted + writer.notes
    )
  }

  /// Errors of writing are no problems of the data.
  private static func rethrow(_ body: () throws -> Void) throws(DataError) {
    do {
      try body()
    } catch let error as DataError {
      throw error
    } catch {
      var problem = DataProblem("\(error)".replacing("error: ", with: ""))
      problem.isOfTheSystem = !(error is Failure)
      throw DataError(problem)
    }
  }

  private static func isBackground(_ name: String) -> Bool {
    ["background", "_background_"].contains(name.lowercased())
  }

  /// The image's own name, with its folder or a number where others bear it.
  static func name(of sample: ListedSample, _ taken: inout Set<String>) -> String {
    let path = sample.imageName as NSString
    let allowed = { (text: String) in
      String(text.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
    }
    let slice = sample.imageName.lastIndex(of: "[").map { String(sample.imageName[$0...]) } ?? ""
    let stem = allowed((path.lastPathComponent as NSString).deletingPathExtension + slice)
    let folder = allowed((path.deletingLastPathComponent as NSString).lastPathComponent)
    var name = stem
    if taken.contains(name) { name = "\(folder)-\(stem)" }
    var number = 2
    while taken.contains(name) {
      name = "\(folder)-\(stem)-\(number)"
      number += 1
    }
    taken.insert(name)
    return name
  }
}
