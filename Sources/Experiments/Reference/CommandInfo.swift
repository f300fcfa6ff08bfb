import Foundation

/// What the command line's parser knows of a command, read from its own dump.
struct CommandInfo: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool
  let arguments: [Argument]?
  let subcommands: [CommandInfo]?

  struct Argument: Decodable {
    let kind: Kind
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let discussion: String?
    let defaultValue: String?
  }

  enum Kind: String, Decodable {
    case positional, option, flag
  }

  struct Name: Decodable {
    let kind: String
    let name: String
  }

  /// The whole program.
  ///
  /// - Parameter dump: the JSON that the parser writes for `--experimental-dump-help`.
  static func program(dump: String) throws -> CommandInfo {
    struct Dump: Decodable { let command: CommandInfo }
    return try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
  }
}

extension CommandInfo.Name {
  /// As it is typed: `-h` or `--help`.
  var typed: String { kind == "long" ? "--\(name)" : "-\(name)" }
}

extension CommandInfo.Argument {
  /// `--help` and `--version`, which every command has.
  var isGeneral: Bool { names?.contains { ["help", "version"].contains($0.name) } ?? false }
}
