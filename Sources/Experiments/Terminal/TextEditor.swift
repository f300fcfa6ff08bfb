import Foundation
internal import Tracking

/// The editor that a person writes texts in.
enum TextEditor {
  /// Opens a text in `$VISUAL` or `$EDITOR` and returns it as the person left it.
  ///
  /// - Parameter name: of the file that the editor shows, without its ending.
  /// - Throws: ``Failure`` where there is no terminal, no editor, or the editor fails.
  static func edited(
    _ text: String, name: String,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> String {
    guard isatty(STDIN_FILENO) == 1 else {
      throw Failure(.usage, "error: --edit needs a terminal: write the text after the run, or '-'")
    }
    let command = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    // A variable like "code --wait" holds a program and its arguments; no shell reads it.
    let words = (command ?? "").split(separator: " ").map(String.init)
    guard !words.isEmpty else {
      throw Failure(.usage, "error: neither $VISUAL nor $EDITOR names an editor")
    }
    let folder = FileManager.default.temporaryDirectory.path + "/experiments-\(UUID().uuidString)"
    guard mkdir(folder, 0o700) == 0 else {
      throw StoreError.system(path: folder, action: "make the folder", code: errno)
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = "\(folder)/\(name).md"
    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: file))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words + [file]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(.failed, "error: \(words[0]) ended with status \(process.terminationStatus)")
    }
    guard let edited = SmallFile.text(of: file, atMost: 1 << 20) else {
      throw Failure(.failed, "error: \(words[0]) left no text")
    }
    return edited
  }
}
