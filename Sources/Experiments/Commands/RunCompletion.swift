import ArgumentParser
import Foundation
internal import Tracking

/// The words that a shell offers where runs are named: found by listing folders and reading labels alone,
/// so that a key press is answered at once.
enum RunCompletion {
  /// No shell shows more with use.
  private static let most = 1000

  /// - Parameters:
  ///   - words: the command line up to now.
  ///   - prefix: what has been typed of the word.
  static func words(_ words: [String], _ prefix: String) -> [String] {
    let store = FolderStore(root: ResultsFolder.find(results(words)).path)
    let names = RunNamesList(store)
    if let slash = prefix.lastIndex(of: "/") {
      return Array(names.members(of: String(prefix[..<slash])).prefix(most))
    }
    if prefix.hasPrefix("tag:") { return names.tags.map { "tag:\($0)" } }
    if prefix.hasPrefix("@") { return ["@last"] + names.experiments.map { "@best:\($0)" } }
    let isID = prefix.count >= 2 && prefix.allSatisfy { $0.isASCII && $0.isHexDigit }
    let whole =
      names.experiments + names.experiments.map { "\($0)/" } + ["@last", "@best:", "tag:"]
    return whole + (isID ? Array(names.ids(from: prefix).prefix(most)) : [])
  }

  /// Tags that runs have.
  static func tags(_ words: [String]) -> [String] {
    RunNamesList(FolderStore(root: ResultsFolder.find(results(words)).path)).tags
  }

  /// The `--results` option, where it stands on the line already.
  private static func results(_ words: [String]) -> String? {
    if let index = words.firstIndex(of: "--results"), words.indices.contains(index + 1) {
      return words[index + 1]
    }
    return words.lazy.compactMap { word in
      word.hasPrefix("--results=") ? String(word.dropFirst("--results=".count)) : nil
    }.first
  }
}

extension CompletionKind {
  /// Experiments, runs and what else selects them.
  static var runs: CompletionKind { .custom { RunCompletion.words($0, $2) } }
  static var tags: CompletionKind { .custom { words, _, _ in RunCompletion.tags(words) } }
}
