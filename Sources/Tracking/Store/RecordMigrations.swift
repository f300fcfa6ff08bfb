internal import Foundation

/// How JSON files of records that older versions of this program wrote are read: one small step from each
/// version to the next. The files themselves stay as they are.
///
/// A version that is not among the steps any more, or not yet, is refused.
struct RecordMigrations: Sendable {
  /// From a version to the one behind it.
  struct Step: Sendable {
    let version: Int
    /// Changes the object that a file is.
    ///
    /// - Parameter type: what is read, `TrialRecord.self` and others: each kind of file takes its own changes.
    let change: @Sendable (_ object: inout [String: Any], _ type: Any.Type) throws -> Void
  }

  /// One for each version from the oldest that is read.
  let steps: [Step]
  /// What files are written in.
  let present: Int

  /// There was no release before the present version.
  static let standard = RecordMigrations(steps: [], present: RecordJSON.version)

  /// The file as this version would have written it, but for its digest.
  ///
  /// - Parameters:
  ///   - bytes: known to be those that were written.
  ///   - header: what they say of themselves.
  /// - Throws: ``StoreError`` where they are newer, or older than any that is read.
  func migrated(
    _ bytes: Data, _ header: RecordHeader, as type: Any.Type, path: String
  ) throws(StoreError) -> Data {
    guard header.version <= present else {
      throw StoreError.newer(path: path, version: header.version, program: header.program)
    }
    guard let first = steps.firstIndex(where: { $0.version == header.version }) else {
      throw StoreError.damaged(
        path: path,
        reason: "it has version \(header.version), this program reads version \(oldest)"
          + (oldest < present ? " to \(present)" : ""))
    }
    do {
      guard var object = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
        throw StoreError.damaged(path: path, reason: "it is not the JSON that was written")
      }
      for step in steps[first...] { try step.change(&object, type) }
      object[RecordHeader.versionKey] = present
      return try JSONSerialization.data(withJSONObject: object)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.damaged(
        path: path, reason: "it cannot be read as version \(header.version): \(error)")
    }
  }

  private var oldest: Int { steps.first?.version ?? present }
}

/// What every JSON file of a record says of itself.
struct RecordHeader: Decodable {
  /// Of the layout of the file.
  let version: Int
  /// The version of the program that wrote it; `nil` in files of before it was kept.
  let program: String?

  static let versionKey = "version"
}
