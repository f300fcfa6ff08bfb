/// Something of a record that is not what was written.
package struct RunFinding: Sendable, Hashable {
  /// Its path in the run's folder; `.` for the folder itself.
  package let file: String
  package let reason: String
  /// SHA-256 as it was recorded and as it is, 64 hexadecimal digits; `nil` where none is known, or where
  /// they are the same.
  package let expected: String?
  package let found: String?
  /// True where a later version of this program wrote the file, which may be sound.
  package let isNewer: Bool

  package init(
    file: String, reason: String, expected: String? = nil, found: String? = nil,
    isNewer: Bool = false
  ) {
    (self.file, self.reason, self.isNewer) = (file, reason, isNewer)
    (self.expected, self.found) = expected == found ? (nil, nil) : (expected, found)
  }
}
