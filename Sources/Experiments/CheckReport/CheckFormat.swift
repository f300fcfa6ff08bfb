import ArgumentParser

/// What `check` prints its findings as.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  /// SARIF 2.1.0, which code hosts and editors show beside the lines.
  case sarif
}
