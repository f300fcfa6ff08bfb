import Foundation
internal import Groundwork

/// A file about all images of a prediction.
protocol SummaryFile: Sendable {
  var name: String { get }
  /// Tells whether ``ImageSummary/objects`` are needed.
  var listsObjects: Bool { get }
  /// - Parameter images: in the order of their names.
  func text(of images: [ImageSummary]) -> String
}

/// The files about all images of a prediction, which are written when all are predicted.
///
/// Images may be added in any order, on any thread.
final class PredictionSummary: @unchecked Sendable {
  let files: [any SummaryFile]

  private let lock = NSLock()
  // Touched under the lock alone.
  private var images: [ImageSummary] = []

  init(_ files: [any SummaryFile]) { self.files = files }

  var isEmpty: Bool { files.isEmpty }

  func add(_ image: ImageSummary) {
    var image = image
    if !files.contains(where: \.listsObjects) { image.objects = [] }
    lock.withLock { images.append(image) }
  }

  /// Writes each file whole.
  func write(to folder: String) throws {
    let images = lock.withLock { self.images }.sorted { $0.name < $1.name }
    for file in files {
      try FileBytes.write(Array(file.text(of: images).utf8), to: "\(folder)/\(file.name)")
    }
  }
}
