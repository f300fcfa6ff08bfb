import Foundation

/// A question before something is done that somebody may not have meant.
enum Confirmation {
  /// `false` where nobody can be asked.
  static func isGiven(_ question: String) -> Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    StandardStreams.say(question)
    let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
    return answer == "y" || answer == "yes"
  }
}
