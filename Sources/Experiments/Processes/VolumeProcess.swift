internal import Datasets
import Foundation
internal import Tracking

/// Looks at volumes in processes that may die of them.
enum VolumeProcess {
  /// The command of this program that such a process runs.
  static let command = "probe"
  /// The line behind every question.
  static let answered = Data("answered".utf8)

  /// The probe of the commands that read files of strangers.
  static var probe: VolumeProbe { VolumeProbe { ask($0) } }

  /// One process for all questions; where it dies, the question at which it was is answered by that,
  /// and another process has those behind it.
  private static func ask(_ questions: [VolumeProbe.Question]) -> [String?] {
    var answers = [String?](repeating: nil, count: questions.count)
    var (next, deaths) = (0, 0)
    while next < questions.count {
      let end: Ending
      do {
        end = try look(at: questions[next...])
      } catch {
        return answers.prefix(next) + Array(repeating: "\(error)", count: questions.count - next)
      }
      next += end.answered
      guard next < questions.count else { break }
      answers[next] = end.reason
      (next, deaths) = (next + 1, deaths + 1)
      guard deaths < mostDeaths else {
        for index in next..<questions.count {
          answers[index] = "was not looked at: \(deaths) files before it are damaged"
        }
        break
      }
    }
    return answers
  }

  private struct Ending {
    var answered = 0
    var reason: String?
  }

  private enum Letter: Sendable {
    case line(Data)
    case ended(ChildProcess.End)
  }

  private static func look(at questions: ArraySlice<VolumeProbe.Question>) throws -> Ending {
    let mailbox = Mailbox<Letter>()
    let process = try ChildProcess.start(
      "/proc/self/exe", [command], environment: environment,
      input: try JSONEncoder().encode(Array(questions)), isQuiet: true,
      line: { mailbox.post(.line($0)) }, ended: { mailbox.post(.ended($0)) })
    var ending = Ending()
    while true {
      switch mailbox.receive(within: patience) {
      case .line(answered): ending.answered += 1
      case .line: break
      case .ended(let end):
        ending.reason = ending.reason ?? words(for: end)
        return ending
      case nil:
        ending.reason =
          "cannot be read: a slice takes more than \(Int(patience)) s, "
          + "so the file is damaged or its disk does not answer"
        process.send(SIGKILL)
      }
    }
  }

  private static func words(for end: ChildProcess.End) -> String {
    let how =
      switch end {
      case .signalled(let number): "signal \(number), \(String(cString: strsignal(number)))"
      case .exited(let code): "exit status \(code)"
      }
    return "is damaged: what reads it crashes (\(how)); copy or write it anew"
  }

  /// One thread, and no report of the crash: it is told in the words above.
  private static var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging(
      [
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no",
        "HDF5_USE_FILE_LOCKING": "FALSE",
      ]
    ) { $1 }
  }

  /// Seconds without a word: a slice has at most 100 megapixels.
  private static let patience = 60.0
  /// The number of processes that may die before no further file is looked at: more would say
  /// nothing new, and each takes its time.
  private static let mostDeaths = 20
}
