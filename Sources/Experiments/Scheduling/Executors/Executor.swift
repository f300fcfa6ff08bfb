import ArgumentParser

/// Where the trials of a sweep are trained.
enum Executor: String, CaseIterable, ExpressibleByArgument {
  /// In worker processes on this machine.
  case local
  /// In the tasks of a job array on a Slurm cluster, which shares the folders of this machine.
  case slurm
}
