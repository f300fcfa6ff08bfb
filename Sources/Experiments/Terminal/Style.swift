import Foundation
internal import Tracking

/// Colours and weights for text that goes to a terminal; plain text anywhere else, unless ``ColorChoice``
/// says otherwise.
struct Style: Sendable {
  /// What the command line says.
  @TaskLocal static var choice = ColorChoice.auto

  let isOn: Bool

  init(isOn: Bool) { self.isOn = isOn }

  /// The style for what is written to that file descriptor.
  init(
    descriptor: Int32, choice: ColorChoice = Style.choice,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    isOn = choice.isOn(isTerminal: isatty(descriptor) == 1, environment: environment)
  }

  static var output: Style { Style(descriptor: STDOUT_FILENO) }
  static var errors: Style { Style(descriptor: STDERR_FILENO) }

  func bold(_ text: String) -> String { wrap(text, 1) }
  func dim(_ text: String) -> String { wrap(text, 2) }
  func red(_ text: String) -> String { wrap(text, 31) }
  func green(_ text: String) -> String { wrap(text, 32) }
  func yellow(_ text: String) -> String { wrap(text, 33) }

  func reverse(_ text: String) -> String { wrap(text, 7) }

  /// One of five colours that tell series apart; marks repeat what they say.
  func series(_ text: String, _ index: Int) -> String {
    isOn ? "\u{1B}[\(Self.seriesCodes[index % Self.seriesCodes.count])m\(text)\u{1B}[0m" : text
  }

  /// Entries of the cube of 256 colours, which every terminal shows alike; elsewhere the named ones.
  private static let seriesCodes: [String] = {
    let environment = ProcessInfo.processInfo.environment
    let isRich =
      (environment["TERM"] ?? "").contains("256") || !(environment["COLORTERM"] ?? "").isEmpty
    return isRich
      ? ["38;5;39", "38;5;208", "38;5;42", "38;5;170", "38;5;220"]
      : ["36", "33", "32", "35", "34"]
  }()

  private func wrap(_ text: String, _ code: Int) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
