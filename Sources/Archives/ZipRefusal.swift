/// Why an archive is turned down. Names in it come from the archive: whoever prints it makes them printable.
package struct ZipRefusal: Error, Hashable {
  /// `it ends early`
  package let reason: String
  /// What a person can do about it; `nil` for bytes that contradict each other or the format, which only another
  /// copy helps.
  package let remedy: String?

  init(_ reason: String, remedy: String? = nil) { (self.reason, self.remedy) = (reason, remedy) }

  static let truncated = ZipRefusal("it ends early")
}
