/// A colour: red, green and blue from 0 to 255.
package struct RGB: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// - Parameter code: red · 65536 + green · 256 + blue.
  package init(code: Int) {
    self.init(UInt8(code >> 16 & 255), UInt8(code >> 8 & 255), UInt8(code & 255))
  }

  package static func < (one: Self, other: Self) -> Bool { one.code < other.code }

  package var code: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  package var description: String { "\(red) \(green) \(blue)" }

  /// `#RRGGBB`.
  package var hexadecimal: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  package var components: [UInt8] { [red, green, blue] }
}
