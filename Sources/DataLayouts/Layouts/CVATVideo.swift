internal import Datasets
internal import Foundation
internal import Groundwork

/// The tracks of a file of "CVAT for video 1.1": where each object lies in the frames of a video.
struct CVATVideo: Sendable {
  let path: String
  private var tracks: [CVATTrack] = []

  init(path: String) { self.path = path }

  var isEmpty: Bool { tracks.isEmpty }

  mutating func add(_ track: CVATTrack) { tracks.append(track) }

  /// The number of the frame that a file shows, `frame_000012.PNG`; `nil` where it has another name.
  static func frame(of file: String) -> Int? {
    let stem = SourceFolder.name(of: file).prefix { $0 != "." }
    guard stem.hasPrefix("frame_"), case let digits = stem.dropFirst(6), !digits.isEmpty,
      digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Int(digits)
  }

  func draw(
    frame: Int, on canvas: inout Canvas, _ classes: ClassNumbers
  ) throws(DataError) {
    var shapes: [XMLElement] = []
    for track in tracks {
      if let shape = try track.shape(at: frame, of: path) { shapes.append(shape) }
    }
    try CVATShape.draw(shapes, of: path, on: &canvas, classes)
  }
}

/// An object in the frames of a video.
struct CVATTrack: Sendable {
  private let label: String
  /// By their frames.
  private let placed: [Placed]
  /// Why shapes cover no pixels, by their lines.
  let omitted: [(reason: String, line: Int)]

  private struct Placed: Sendable {
    let frame: Int
    let isOutside: Bool
    let shape: XMLElement
  }

  /// - Throws: ``DataError`` where it has no label, or a shape no frame.
  init(_ element: XMLElement, of path: String) throws(DataError) {
    guard let label = element["label"], !label.isEmpty else {
      throw DataError(
        DataProblem(file: path, line: element.line, "a track has no label: export it again"))
    }
    self.label = label
    var placed: [Placed] = []
    var omitted: [(reason: String, line: Int)] = []
    for child in element.children {
      if let reason = CVATShape.omission(of: child) {
        if !reason.isEmpty { omitted.append((reason, child.line)) }
        continue
      }
      guard let frame = child["frame"].flatMap({ Int($0) }), frame >= 0 else {
        throw DataError(
          DataProblem(
            file: path, line: child.line, "a \(child.name) of a track has no frame: export it again"
          ))
      }
      var shape = child
      shape.children = []
      shape.attributes["label"] = label
      shape.attributes["group_id"] = element["group_id"]
      placed.append(Placed(frame: frame, isOutside: child["outside"] == "1", shape: shape))
    }
    self.placed = placed.sorted { $0.frame < $1.frame }
    self.omitted = omitted
  }

  /// The label, where any shape covers pixels.
  var shownLabel: String? { placed.contains { !$0.isOutside } ? label : nil }

  /// Where it lies in a frame: as the file says it, or on the way from the frame before to the next that the
  /// file has. Behind the last it stays where it is.
  ///
  /// - Returns: `nil` where it is not seen.
  func shape(at frame: Int, of path: String) throws(DataError) -> XMLElement? {
    var (low, high) = (0, placed.count)
    while low < high {
      let middle = (low + high) / 2
      if placed[middle].frame <= frame { low = middle + 1 } else { high = middle }
    }
    guard low > 0, !placed[low - 1].isOutside else { return nil }
    let before = placed[low - 1]
    guard before.frame < frame, low < placed.count else { return before.shape }
    return try between(before, placed[low], frame, path)
  }

  private func between(
    _ before: Placed, _ after: Placed, _ frame: Int, _ path: String
  ) throws(DataError) -> XMLElement {
    let moving = ["box": ["xtl", "ytl", "xbr", "ybr"], "ellipse": ["cx", "cy", "rx", "ry"]]
    guard before.shape.name == after.shape.name, let names = moving[before.shape.name] else {
      throw DataError(
        DataProblem(
          file: path, line: before.shape.line,
          "a \(before.shape.name) of frame \(before.frame) is next said in frame \(after.frame), and what "
            + "lies between is known of boxes and ellipses alone: export the task again, with every "
            + "frame, or as CVAT for images 1.1"))
    }
    let part = Double(frame - before.frame) / Double(after.frame - before.frame)
    var found = before.shape
    let (from, to) = (
      CVATShape(path: path, line: before.shape.line), CVATShape(path: path, line: after.shape.line)
    )
    let places = (try from.numbers(names, of: before.shape), try to.numbers(names, of: after.shape))
    for (name, (first, last)) in zip(names, zip(places.0, places.1)) {
      found.attributes[name] = "\(first + (last - first) * part)"
    }
    let angles = (try from.rotation(of: before.shape), try to.rotation(of: after.shape))
    // The shorter way round.
    let turn = (angles.1 - angles.0).remainder(dividingBy: 360)
    found.attributes["rotation"] = "\(angles.0 + turn * part)"
    return found
  }
}
