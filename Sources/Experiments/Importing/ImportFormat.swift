import ArgumentParser
import Tracking

/// A form in which runs come from other programs: a file of this folder and a line of ``ImportFormats``.
protocol ImportFormat: Sendable {
  /// As `--from` names it.
  var name: String { get }
  /// What is read, in a few words.
  var about: String { get }
  /// The options that mean something to it; every other is refused.
  var options: Set<ImportOption> { get }

  /// Whether a path or an address looks like it; asked where nobody names a format.
  func recognizes(_ source: String) -> Bool

  /// Everything that is recorded of the runs, in the order in which they are numbered.
  func read(_ source: String, _ options: ImportOptions) throws -> [RunContents]
}

/// The formats, in the order in which they are asked.
enum ImportFormats {
  static let all: [any ImportFormat] = [
    TensorBoardImport(), MLflowImport(), NeptuneImport(), BundleImport(),
  ]

  static func named(_ name: String) -> (any ImportFormat)? { all.first { $0.name == name } }

  /// A line for each, for the help.
  static var list: String {
    let width = all.map(\.name.count).max() ?? 0
    return all.map { format in
      let padding = String(repeating: " ", count: width - format.name.count + 2)
      return "  \(format.name)\(padding)\(format.about)"
    }.joined(separator: "\n")
  }

  /// The format of a source that looks like one.
  ///
  /// - Throws: ``Failure`` where it looks like none.
  static func recognized(_ source: String) throws(Failure) -> any ImportFormat {
    if let format = all.first(where: { $0.recognizes(source) }) { return format }
    throw Failure(
      .badInput,
      "error: \(source): it looks like nothing that can be imported: name the format with --from "
        + all.map(\.name).joined(separator: ", "))
  }
}

/// A format as the command line names it.
struct ImportSource: ExpressibleByArgument {
  let format: any ImportFormat

  init?(argument: String) {
    guard let format = ImportFormats.named(argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { ImportFormats.all.map(\.name) }
}
