internal import Datasets
internal import Foundation
internal import Tracking

/// Where the program keeps what it can find out again.
enum CacheFolder {
  /// `$XDG_CACHE_HOME/experiments`, or `~/.cache/experiments`; `nil` where there is neither.
  static var standard: String? {
    let environment = ProcessInfo.processInfo.environment
    let folder =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? environment["HOME"].map { "\($0)/.cache" }
    return folder.map { "\($0)/experiments" }
  }
}
