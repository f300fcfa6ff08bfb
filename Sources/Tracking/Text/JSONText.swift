/// Text in JSON.
package enum JSONText {
  /// The text in quotes. What could steer a terminal is escaped, as quotes and backslashes are.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.isUnprintable: quoted += escaped(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// JSON that some other encoder wrote, with escapes for what could steer a terminal: such
  /// characters can only be inside of its strings.
  package static func printable(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: { $0.isUnprintable && $0 != "\n" }) else {
      return json
    }
    return json.unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isUnprintable, scalar != "\n" {
        text += escaped(scalar)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// `\u001b`; a pair of surrogates beyond the basic plane.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
