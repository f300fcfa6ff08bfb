internal import Datasets
internal import Groundwork
internal import Measurements
internal import Tracking

/// One thing that is wrong with a spec, or hardly meant: where, what, and what to do about it.
struct SpecDiagnostic: Error, Sendable, Hashable {
  /// The kind of fault.
  let code: DiagnosticCode
  private(set) var severity: DiagnosticCode.Severity
  let mark: Mark
  /// One line, whatever it quotes.
  let message: String
  let remedy: String?

  init(_ code: DiagnosticCode, _ message: String, at mark: Mark, remedy: String? = nil) {
    self.code = code
    severity = code.severity
    self.mark = mark
    self.message = message.onOneLine
    self.remedy = remedy?.onOneLine
  }

  /// The same where warnings are taken for errors.
  var asError: SpecDiagnostic {
    var error = self
    error.severity = .error
    return error
  }

  init(_ error: YAMLError) {
    self.init(error.code, error.message, at: error.mark, remedy: error.remedy)
  }

  /// As a compiler would say it:
  ///
  ///     unet.yaml:31:36: error[E0101]: unknown key 'momentun' in solver (type: SGD)
  ///        31 | solver: {type: SGD, base_lr: 0.01, momentun: 0.9}
  ///           |                                    ^^^^^^^^ did you mean 'momentum'?
  var description: String {
    let header = "\(mark.place.onOneLine): \(code.label(severity)): \(message)"
    if let excerpt = mark.excerpt(note: remedy) { return header + "\n" + excerpt }
    return header + (remedy.map { " (\($0))" } ?? "")
  }
}

extension String {
  /// Without line ends and what could steer a terminal, and not longer than a few lines of one.
  fileprivate var onOneLine: String {
    let limit = 400
    var line = UnicodeScalarView()
    for scalar in unicodeScalars.prefix(limit) {
      line.append(scalar.isUnprintable ? "\u{FFFD}" : scalar)
    }
    return String(line) + (unicodeScalars.dropFirst(limit).isEmpty ? "" : "…")
  }
}

/// Everything that is wrong with a spec, in the order of the file.
struct SpecErrors: Error, Sendable, CustomStringConvertible {
  let diagnostics: [SpecDiagnostic]

  /// - Parameter diagnostics: in any order; what is said twice is kept once.
  init(_ diagnostics: [SpecDiagnostic]) {
    var seen: Set<SpecDiagnostic> = []
    let once = diagnostics.filter { seen.insert($0).inserted }
    self.diagnostics = once.enumerated().sorted { left, right in
      if Mark.isBefore(left.element.mark, right.element.mark) { return true }
      if Mark.isBefore(right.element.mark, left.element.mark) { return false }
      return left.offset < right.offset
    }.map(\.element)
  }

  init(_ error: YAMLError) { self.init([SpecDiagnostic(error)]) }

  /// All of them, and what follows from them.
  var description: String {
    let shown = diagnostics.prefix(Self.maximumShown).map(\.description)
    let rest = diagnostics.count - shown.count
    let count = diagnostics.count == 1 ? "1 error" : "\(diagnostics.count) errors"
    return (shown + (rest > 0 ? ["… and \(rest) more"] : []) + ["\(count); nothing was run"])
      .joined(separator: "\n")
  }

  private static let maximumShown = 50
}
