internal import Foundation
internal import Measurements

extension RunFolder {
  /// - Returns: `nil` where the state names none.
  func readPreviews(_ state: RunState) throws(StoreError) -> PreviewRecord? {
    guard let name = state.previews, let digest = state.files[name] else { return nil }
    guard digest.bytes <= PreviewsFile.limit else {
      throw StoreError.damaged(path: file(name), reason: "it is too large")
    }
    let bytes = try read(name, expecting: digest)
    do { return try PreviewsFile.decode(bytes) } catch {
      throw StoreError.damaged(path: file(name), reason: "\(error)")
    }
  }

  /// - Throws: where it is not what was written, or is of another evaluation than it is named for.
  func readCheckpoint(
    _ name: String, _ digest: FileDigest, at evaluation: EvaluationPoint
  ) throws(StoreError) -> CheckpointContents {
    let bytes = try read(name, expecting: digest)
    let contents: CheckpointContents
    do {
      contents = try CheckpointFile.decode(bytes)
    } catch {
      throw StoreError.damaged(path: file(name), reason: "\(error)")
    }
    guard contents.evaluation == evaluation else {
      throw StoreError.damaged(
        path: file(name), reason: "it is of \(contents.evaluation), not of \(evaluation)")
    }
    return contents
  }
}
