import Foundation

/// A reader that gets the bytes of strangers.
///
/// Whatever it throws is an answer. A trap, an error of a sanitizer, too much memory or time is not.
/// A new harness is one value in a file of `Harnesses`, and its name in ``all``.
struct Harness: Sendable {
  let name: String
  /// What is read, in a few words.
  let about: String
  /// Words of the format, which chance would hardly find.
  var words: [String] = []
  /// Small inputs to begin with.
  let seeds: @Sendable () throws -> [[UInt8]]
  let read: @Sendable (_ bytes: [UInt8]) -> Void

  static let all: [Harness] =
    ofProgram + [.lists, .classes]
    + [.png, .jpeg, .tiff, .images]
    + [.nifti, .nrrd, .metaimage, .mrc, .zarr, .stack] + [.pointText, .pointArrays, .pointPLY]
    + [.caffe, .keras, .safetensors, .torch, .checkpoint]
    + [.records, .history, .bundle]
    + [.coco, .labelme, .via, .cvat, .supervisely, .kaggle]
    + [.events, .neptune, .answer, .query]

  /// Writes the seeds into a folder, and beside it a dictionary as libFuzzer reads it.
  func prepare(_ folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (number, seed) in try seeds().enumerated() {
      try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(number)"))
    }
    let lines = words.map { word in
      let quoted = word.utf8.map { byte in
        byte < 0x20 || byte > 0x7E || byte == 0x22 || byte == 0x5C
          ? "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
          : String(Unicode.Scalar(byte))
      }
      return "\"\(quoted.joined())\"\n"
    }
    try Data(lines.joined().utf8).write(to: URL(filePath: "\(folder).dict"))
  }
}

extension [String] {
  var bytes: [[UInt8]] { map { [UInt8]($0.utf8) } }
}
