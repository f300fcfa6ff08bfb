/// Units of length, as files and people write them.
enum LengthUnit {
  /// As people read it: `µm` of every spelling of micrometers. What is no known unit stays as it is.
  static func name(_ text: String) -> String {
    // ImageJ writes characters beyond ASCII as `\u00B5`.
    let written = text.split(separator: "\\u00B5", omittingEmptySubsequences: false)
      .joined(separator: "µ")
    return names[written] ?? names[written.lowercased()] ?? written
  }

  /// How many of one unit another is.
  ///
  /// - Returns: `nil` where that is not known.
  static func factor(from unit: String, to other: String) -> Double? {
    let (from, to) = (name(unit), name(other))
    if from == to { return 1 }
    guard let from = exponents[from], let to = exponents[to] else { return nil }
    return from >= to ? power(from - to) : 1 / power(to - from)
  }

  /// Exact for all that are needed.
  private static func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { value, _ in value * 10 }
  }

  /// False where a file says that it has no unit of length: pixels, or a frame of reference.
  static func isLength(_ text: String) -> Bool {
    !["", "pixel", "pixels", "px", "reference frame"].contains(text.lowercased())
  }

  private static let names = [
    "um": "µm", "\u{3BC}m": "µm", "micron": "µm", "microns": "µm", "micrometer": "µm",
    "micrometre": "µm", "micrometers": "µm", "millimeter": "mm", "millimetre": "mm",
    "centimeter": "cm", "nanometer": "nm", "nanometre": "nm", "angstrom": "Å", "meter": "m",
    "metre": "m",
  ]

  /// Powers of ten meters.
  private static let exponents = ["m": 0, "cm": -2, "mm": -3, "µm": -6, "nm": -9, "Å": -10]
}
