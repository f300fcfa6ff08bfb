/// Why a file or a server of another tracker cannot be read or written.
package struct TrackerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A path or an address, with the place in it where there is one.
  package let place: String
  package let reason: String
  /// What a person can do about it.
  package let remedy: String

  package init(_ place: String, _ reason: String, remedy: String) {
    (self.place, self.reason, self.remedy) = (place, reason, remedy)
  }

  package var description: String { "\(place): \(reason): \(remedy)" }
}
