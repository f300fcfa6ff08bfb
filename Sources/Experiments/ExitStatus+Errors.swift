import ArgumentParser
internal import Datasets
internal import Execution
import Foundation
internal import Groundwork
internal import ModelFiles
import Tracking
internal import Trackers
internal import Training

extension ExitStatus {
  /// Runs the whole program: the only place that ends the process.
  static func exit(after work: () throws -> Void) -> Never {
    do {
      try work()
      leave(.done)
    } catch let failure as Failure {
      say(failure.message)
      leave(failure.status)
    } catch {
      leave(report(error))
    }
  }

  /// A table that is cut short must not look like a whole one.
  private static func leave(_ status: ExitStatus) -> Never {
    var status = status
    if let problem = StandardStreams.finishOutput() {
      say("error: standard output: cannot write: \(problem)")
      if status == .done { status = .damagedStore }
    }
    Foundation.exit(status.rawValue)
  }

  /// Errors of the command line itself, `--help` and `--version` among them, are the parser's to
  /// word; every other error says its own place and remedy.
  private static func report(_ error: any Error) -> ExitStatus {
    if let status = status(of: error) {
      say(text(of: error))
      return status
    }
    let text = Experiments.fullMessage(for: error)
    guard Experiments.exitCode(for: error).isSuccess else {
      say(text)
      return .usage
    }
    print(text)
    return .done
  }

  /// As it is said: a spec's errors begin with their place, as a compiler's do, and the data's are
  /// counted as they are.
  private static func text(of error: any Error) -> String {
    switch error {
    case is SpecErrors, is DataDiagnostics: return "\(error)"
    case let error as DataError:
      let count = "\(Units.count(error.problems.count, "error")); nothing was run"
      return (error.lines { "\(DiagnosticCode($0).label): " } + [count]).joined(separator: "\n")
    case let error as CocoaError: return "error: \(SystemRefusal.words(for: error))"
    default: return "error: \(error)"
    }
  }

  /// The number for an error that some module threw; `nil` for the parser's.
  static func status(of error: any Error) -> ExitStatus? {
    switch error {
    case let error as DataError where error.isOfTheSystem: .damagedStore
    case let error as DataDiagnostics where error.isOfTheSystem: .damagedStore
    case is SpecErrors, is DataDiagnostics, is DataError, is TrainingError, is ComponentError,
      is DeviceError, is WeightsNotFound, is ModelFileError, is TrackerError:
      .badInput
    case is StoreError, is ImageError, is LaunchError, is CocoaError, is SystemThreadError,
      is ListenError:
      .damagedStore
    case is LabelError: .usage
    case is RemovalRefused: .failed
    case is PackRefused: .damagedStore
    case is QueryError: .usage
    case let error as SelectorError: error.isNothingMatched ? .nothingMatched : .usage
    default: nil
    }
  }

  private static func say(_ message: String?) {
    guard let message else { return }
    StandardStreams.say(message.printableLines + "\n")
  }
}
