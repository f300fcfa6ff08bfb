internal import Groundwork
import Tracking

extension Screen {
  /// Lines that stay, ended between words where the terminal ends. Not for commands, which somebody
  /// may copy.
  func printWrapped(_ text: String) {
    guard isTerminal else { return print(text) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { TextWidth.wrapped(String($0), to: liveWidth + 1) }
    print(lines.joined(separator: "\n"))
  }
}
