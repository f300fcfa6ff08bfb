internal import WeightFiles

/// What `weights.from` turned out to be: a file that can be read.
struct FoundWeights: Sendable {
  let file: WeightFile
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  let sha256: String
  /// The run that keeps the file; `nil` for one that is named by its path.
  let run: Run?

  struct Run: Sendable {
    let checkpoint: RunCheckpoint
    /// `nil` where this program cannot read it.
    let spec: ExperimentSpec?
  }

  init(_ file: WeightFile, run: Run? = nil) {
    (self.file, self.run) = (file, run)
    sha256 = file.digest
  }
}

/// Why `weights.from` leads to no weights, and what to write instead.
struct WeightsNotFound: Error, Sendable, Hashable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
