/// Why a network cannot be written in the format that was asked for.
package struct ModelFileError: Error, Sendable, Hashable, CustomStringConvertible {
  package let reason: String
  /// What a person can do about it.
  package let remedy: String

  package init(_ reason: String, remedy: String) { (self.reason, self.remedy) = (reason, remedy) }

  package var description: String { "\(reason): \(remedy)" }
}
