import ArgumentParser

/// A form in which a run, or a part of it, goes to other programs: a file of this folder and a line of
/// ``ExportFormats``.
protocol ExportFormat: Sendable {
  /// As `--to` names it.
  var name: String { get }
  /// What is written, in a few words.
  var about: String { get }
  /// What the file's name ends with where nobody names it, `.onnx`; empty for a folder.
  var ending: String { get }
  /// The options that mean something to it; every other is refused.
  var options: Set<ExportOption> { get }
  /// True where several runs go into one export.
  var takesSeveral: Bool { get }

  /// Writes the file or folder, and reads it again.
  func export(_ request: ExportRequest) throws -> ExportReport
}

extension ExportFormat {
  var takesSeveral: Bool { false }
}

/// The formats, in the order of the help.
enum ExportFormats {
  static let all: [any ExportFormat] = [
    ONNXFormat(), SafeTensorsFormat(), KerasFormat(), HDF5Format(), DeploymentFormat(),
    BioImageFormat(), TensorBoardFormat(), MLflowFormat(), BundleFormat(), CSVFormat(),
    JSONFormat(),
  ]

  static func named(_ name: String) -> (any ExportFormat)? { all.first { $0.name == name } }

  /// A line for each, for the help.
  static var list: String {
    let width = all.map(\.name.count).max() ?? 0
    return all.map { format in
      let padding = String(repeating: " ", count: width - format.name.count + 2)
      return "  \(format.name)\(padding)\(format.about)"
    }.joined(separator: "\n")
  }
}

/// A format as the command line names it.
struct ExportTarget: ExpressibleByArgument {
  let format: any ExportFormat

  init?(argument: String) {
    guard let format = ExportFormats.named(argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { ExportFormats.all.map(\.name) }
}
