import Foundation
internal import Tracking

/// A program with its arguments, as a person names it on the command line. No shell reads it: there are no
/// variables, patterns, pipes and redirections, and nothing of a spec or a record becomes an argument.
struct HookCommand: Sendable, Hashable {
  /// The absolute path of the program.
  let program: String
  let arguments: [String]

  /// - Parameters:
  ///   - text: words, which quotes hold together and a backslash takes literally; or a JSON list of them.
  ///   - option: what the text was given with, for errors.
  ///   - path: the folders in which programs are looked for.
  /// - Throws: ``Failure`` where it names no program that can be run.
  init(
    _ text: String, option: String,
    path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws {
    func refuse(_ reason: String) -> Failure {
      Failure(.usage, "error: \(option): \(reason)")
    }
    let words: [String]
    if text.drop(while: \.isWhitespace).hasPrefix("[") {
      guard let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
        throw refuse("'\(text)' is no JSON list of texts, as in '[\"notify\", \"a b\"]'")
      }
      words = list
    } else {
      guard let split = Self.words(text) else { throw refuse("a quote in '\(text)' is not closed") }
      words = split
    }
    guard let name = words.first, !name.isEmpty else { throw refuse("it names no program") }
    guard !words.contains(where: { $0.utf8.contains(0) }) else {
      throw refuse("it has a character that no argument can have")
    }
    guard let program = ProgramSearch.find(name, in: path) else {
      throw refuse(
        name.contains("/")
          ? "\(name) is no program that can be run: check the path and allow running it"
          : "there is no program '\(name)' in $PATH: write its path")
    }
    (self.program, arguments) = (program, Array(words.dropFirst()))
  }

  /// As it is said before it is run.
  var description: String { ([program] + arguments).map(ShellWord.quoted).joined(separator: " ") }

  /// - Returns: `nil` where a quote is not closed.
  static func words(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else { return nil }
    if let word { words.append(word) }
    return words
  }
}
