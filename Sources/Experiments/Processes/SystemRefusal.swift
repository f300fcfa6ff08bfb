internal import Datasets
import Foundation
internal import Groundwork
import Tracking

/// Errors in which the operating system refused something: a disk is full, a thread cannot be started.
/// They say nothing of a training, which goes on as soon as the system allows it.
enum SystemRefusal {
  static func isCause(of error: any Error) -> Bool {
    switch error {
    case let error as StoreError: error.isOfTheSystem
    case let error as DataError: error.isOfTheSystem
    case is SystemThreadError, is LaunchError, is CocoaError, is POSIXError: true
    default: false
    }
  }

  /// What a record and a screen say of an error.
  static func cause(of error: any Error) -> String {
    (error as? CocoaError).map { words(for: $0) } ?? "\(error)"
  }

  /// An error of Foundation in the words of the system: which file, and what it said.
  static func words(for error: CocoaError) -> String {
    let file = error.filePath ?? error.url?.path
    let code = error.underlying.map { ($0 as NSError).code }.map(Int32.init(truncatingIfNeeded:))
    let action = error.isFileWriting ? "cannot write" : "cannot read"
    let reason = code.map { String(cString: strerror($0)) } ?? "the system refused"
    return "\(file.map { "\($0): " } ?? "")\(action): \(reason)"
  }
}

extension CocoaError {
  /// Foundation's numbers for writing are those from 512 to 1023.
  fileprivate var isFileWriting: Bool { (512..<1024).contains(code.rawValue) }
}
