/// Why a reader turns its bytes down; the readers do not know the file's name.
struct Refusal: Error, Hashable {
  let reason: String
  let remedy: String

  init(_ reason: String, remedy: String = "") {
    self.reason = Self.printable(reason)
    self.remedy = remedy
  }

  /// Bytes that contradict each other or their format.
  static func damaged(_ reason: String) -> Refusal {
    Refusal(reason, remedy: "fetch the file again, and compare its digest with its source's")
  }

  static let truncated = Refusal.damaged("it ends early")

  /// Names come from the file: they must neither flood a terminal nor steer it.
  private static func printable(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(maximumLength).map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return "\u{FFFD}"
      default: return scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static let maximumLength = 600
}
