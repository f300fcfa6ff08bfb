internal import CHDF5
internal import Foundation

/// The way into libhdf5, which is not thread-safe: every call goes through ``call(_:_:)``, one at a
/// time.
package enum HDF5Library {
  /// As libhdf5 reports itself, e.g. `1.10.8`.
  package static let version: String = {
    // `H5dont_atexit` must be the library's first call.
    guard isReady else { return "unknown" }
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    // Through the door like every call: the library must not start itself before it is set up.
    guard (try? call("ask for the version", { H5get_libversion(&major, &minor, &release) })) != nil
    else { return "unknown" }
    return "\(major).\(minor).\(release)"
  }()

  /// Recursive, because an identifier may be closed while another call is under way.
  private static let lock = NSRecursiveLock()

  /// No file is locked (none that is written is opened by its path), and no filter is loaded from a plug-in,
  /// which a file could ask for.
  private static let isReady: Bool = {
    setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1)
    return H5dont_atexit() >= 0 && H5open() >= 0 && H5PLset_loading_state(0) >= 0
  }()

  /// Runs one call of the library.
  ///
  /// - Parameter action: what is attempted, e.g. `create the dataset 'loss'`.
  /// - Returns: its status, an identifier or a count, never negative.
  /// - Throws: ``HDF5Error`` with the library's own words where the status is negative.
  @discardableResult
  package static func call<Status: SignedInteger>(
    _ action: @autoclosure () -> String, _ body: () -> Status
  ) throws(HDF5Error) -> Status {
    lock.lock()
    defer { lock.unlock() }
    guard isReady else { throw HDF5Error(action: "start libhdf5", causes: []) }
    // Errors are thrown, not printed. A thread-safe build keeps this setting for each thread.
    H5Eset_auto2(chdf5_error_stack(), nil, nil)
    let status = body()
    guard status >= 0 else { throw HDF5Error(action: action(), causes: causes()) }
    return status
  }

  /// Runs calls whose results are no statuses.
  static func exclusively<Result>(_ body: () -> Result) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return body()
  }

  /// What the library's error stack says, from the innermost cause to the call that failed.
  private static func causes() -> [String] {
    var causes: [String] = []
    withUnsafeMutablePointer(to: &causes) { list in
      _ = H5Ewalk2(
        chdf5_error_stack(), H5E_WALK_UPWARD,
        { _, entry, list in
          guard let text = entry?.pointee.desc, let list else { return 0 }
          list.assumingMemoryBound(to: [String].self).pointee.append(String(cString: text))
          return 0
        }, list)
    }
    return causes
  }
}
