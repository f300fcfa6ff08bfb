package import Measurements

/// What an attempt ran with: everything that decides bits, and who and when.
package struct ProvenanceRecord: Sendable, Codable, Hashable {
  package var attempt: Int
  /// UTC, RFC 3339; for reading only.
  package var startedAt: String
  package var host: String
  package var build: Build
  package var machine: Machine
  /// Those of each rank, where there are several.
  package var threads: Int
  /// The processes that shared the batches of each step; `nil` where one had all of them. It decides no bits.
  package var ranks: Int?
  package var libraries: [Library]
  /// Environment variables that the worker was given because they decide bits.
  package var environment: [String: String]
  package var data: [DataFingerprint]
  /// How images become the network's input; `nil` in records that were made before it was kept.
  package var input: InputRecord?
  /// The extents of the voxels of the volumes, as `2 × 0.5 × 0.5 mm (slices × height × width)`; `nil` where the
  /// files do not say them, and in records of before they were read.
  package var voxels: String?
  /// The algorithm of every convolution that several can compute, by its description; `nil` in
  /// records that were made before there was a choice.
  @LongTable package var algorithms: [String: String]?
  package var gitCommit: String?
  /// The evaluation after which the attempt began; `nil` for a fresh start.
  package var resumedAfter: EvaluationPoint?
  /// What a fresh start began with; `nil` where that was drawn.
  package var weights: WeightsRecord?

  package struct Build: Sendable, Codable, Hashable {
    package var version: String
    /// SHA-256 of the executable.
    package var executable: String
    package var compiler: String
    package var configuration: String

    package init(version: String, executable: String, compiler: String, configuration: String) {
      self.version = version
      self.executable = executable
      self.compiler = compiler
      self.configuration = configuration
    }
  }
  package struct Machine: Sendable, Codable, Hashable {
    package var processor: String
    package var cores: Int
    /// The instruction set that oneDNN uses, e.g. `avx512_core_bf16`.
    package var instructionSet: String
    package var kernel: String
    package var libc: String

    package init(
      processor: String, cores: Int, instructionSet: String, kernel: String, libc: String
    ) {
      self.processor = processor
      self.cores = cores
      self.instructionSet = instructionSet
      self.kernel = kernel
      self.libc = libc
    }
  }
  package struct Library: Sendable, Codable, Hashable {
    package var name: String
    package var version: String
    package init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }
  package init(
    attempt: Int, startedAt: String, host: String, build: Build, machine: Machine, threads: Int,
    libraries: [Library], environment: [String: String], data: [DataFingerprint],
    input: InputRecord? = nil, algorithms: [String: String]? = nil, gitCommit: String?,
    resumedAfter: EvaluationPoint?, weights: WeightsRecord? = nil
  ) {
    self.attempt = attempt
    self.startedAt = startedAt
    self.host = host
    self.build = build
    self.machine = machine
    self.threads = threads
    self.libraries = libraries
    self.environment = environment
    self.data = data
    self.input = input
    self.algorithms = algorithms
    self.gitCommit = gitCommit
    self.resumedAfter = resumedAfter
    self.weights = weights
  }
}
