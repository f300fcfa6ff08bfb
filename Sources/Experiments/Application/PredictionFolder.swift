import Foundation
internal import Groundwork
internal import Measurements
internal import Tracking
internal import Training

/// A folder of predictions and `prediction.json`, which says what they are of: a folder of other content is
/// never written into, and the same command goes on where it was stopped.
struct PredictionFolder {
  let path: String

  /// What decides what is written.
  struct Content: Codable, Equatable {
    /// The runs whose predictions are averaged; mostly one.
    var runs: [Member]
    var outputs: [PredictionOutput]
    /// `nil` where masks are as their images.
    var maskFormat: MaskFormat?
    /// `nil` where no overlays are drawn.
    var style: OverlayStyle?
    var classes: [ClassColour]
    var tiles: [Int]
    var stride: [Int]
    var window: String
    var overrides: [String]
    var program: String

    struct Member: Codable, Equatable {
      var run: String
      var id: String
      /// SHA-256 of the checkpoint's file.
      var checkpoint: String
      var after: EvaluationPoint
    }

    /// A class in the order of the ids.
    struct ClassColour: Codable, Equatable {
      var name: String
      /// `#RRGGBB`.
      var color: String
    }
  }

  static let description = "prediction.json"

  /// - Throws: ``Failure`` where the folder holds anything else.
  func prepare(for content: Content) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let file = "\(path)/\(Self.description)"
    if !names.isEmpty {
      let bytes = FileManager.default.contents(atPath: file) ?? Data()
      guard let found = try? JSONDecoder().decode(Content.self, from: bytes) else {
        throw Failure(
          .badInput,
          "error: \(path) holds other files: name a new folder with --output, or empty this one")
      }
      guard found == content else {
        throw Failure(
          .badInput,
          "error: \(path) holds predictions of \(found.runs.map(\.run).joined(separator: ", ")) that were made otherwise: name a new "
            + "folder with --output, or remove this one")
      }
      return
    }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileBytes.write(Array(try encoder.encode(content)) + [10], to: file)
  }

  /// Tells whether all of these files are there and no older than what they were made of.
  func holds(_ files: [String], madeOf sources: [String]) -> Bool {
    let made = files.map { modified("\(path)/\($0)") }
    guard let oldest = made.min(by: { ($0 ?? .distantPast) < ($1 ?? .distantPast) }) ?? nil else {
      return false
    }
    return sources.allSatisfy { modified($0).map { $0 <= oldest } ?? false }
  }

  private func modified(_ path: String) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.modificationDate] as? Date
  }
}

extension PredictionFolder.Content {
  /// Each class with its color, in the order of the ids.
  static func colours(of classes: [String], _ palette: ClassPalette) -> [ClassColour] {
    classes.enumerated().map { id, name in
      ClassColour(name: name, color: palette.colour(of: Label(id)).hexadecimal)
    }
  }
}

extension TrainedRuns {
  /// The runs as ``PredictionFolder`` names them.
  var members: [PredictionFolder.Content.Member] {
    all.map {
      PredictionFolder.Content.Member(
        run: $0.run.name, id: $0.run.id, checkpoint: $0.checkpoint.sha256,
        after: $0.checkpoint.evaluation)
    }
  }
}
