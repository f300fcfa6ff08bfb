internal import Foundation

/// Settings that are read when they are first asked for.
package final class DeferredSettings: @unchecked Sendable {
  private let read: @Sendable () -> TrialSettings
  private let lock = NSLock()
  private var known: TrialSettings?

  init(_ read: @escaping @Sendable () -> TrialSettings) { self.read = read }

  var settings: TrialSettings {
    lock.lock()
    defer { lock.unlock() }
    if let known { return known }
    let settings = read()
    known = settings
    return settings
  }
}
