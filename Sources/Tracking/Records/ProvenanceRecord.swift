/// What an attempt ran with: everything that decides bits, and who and when.
public struct ProvenanceRecord: Sendable, Codable, Hashable {
  public var attempt: Int
  /// UTC, RFC 3339; for reading only.
  public var startedAt: String
  public var host: String
  public var build: Build
  public var machine: Machine
  public var threads: Int
  public var libraries: [Library]
  /// Environment variables that the worker was given because they decide bits.
  public var environment: [String: String]
  public var data: [DataFingerprint]
  /// The algorithm of every convolution that several can compute, by its description; `nil` in
  /// records that were made before there was a choice.
  public var algorithms: [String: String]?
  public var gitCommit: String?
  /// The round after which the attempt began: 0 for a fresh start.
  public var resumedAfterRound: Int

  public struct Build: Sendable, Codable, Hashable {
    public var version: String
    /// SHA-256 of the executable.
    public var executable: String
    public var compiler: String
    public var configuration: String

    public init(version: String, executable: String, compiler: String, configuration: String) {
      self.version = version
      self.executable = executable
      self.compiler = compiler
      self.configuration = configuration
    }
  }
  public struct Machine: Sendable, Codable, Hashable {
    public var processor: String
    public var cores: Int
    /// The instruction set that oneDNN uses, e.g. `avx512_core_bf16`.
    public var instructionSet: String
    public var kernel: String
    public var libc: String

    public init(
      processor: String, cores: Int, instructionSet: String, kernel: String, libc: String
    ) {
      self.processor = processor
      self.cores = cores
      self.instructionSet = instructionSet
      self.kernel = kernel
      self.libc = libc
    }
  }
  public struct Library: Sendable, Codable, Hashable {
    public var name: String
    public var version: String
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }
  public init(
    attempt: Int, startedAt: String, host: String, build: Build, machine: Machine, threads: Int,
    libraries: [Library], environment: [String: String], data: [DataFingerprint],
    algorithms: [String: String]? = nil, gitCommit: String?, resumedAfterRound: Int
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
    self.algorithms = algorithms
    self.gitCommit = gitCommit
    self.resumedAfterRound = resumedAfterRound
  }
}
