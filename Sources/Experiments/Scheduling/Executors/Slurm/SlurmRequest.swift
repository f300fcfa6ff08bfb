import Foundation

/// What a job array asks a cluster for: identical tasks, each of which takes trials until none is left. A
/// task for each trial would cost Slurm most of a second each.
struct SlurmRequest: Sendable {
  let experiment: String
  let tasks: Int
  /// Cores of each task, or of each of its ranks: the threads that it trains with.
  let cores: Int
  /// Processes that share each trial of a task, on one node or on several.
  var ranks = 1
  /// Bytes of each task, or of each of its ranks.
  let memory: Int
  /// Further options of `sbatch`, as they were typed; they win.
  let options: [String]

  /// What a task needs besides the worker that trains.
  static let coordinatorMemory = 512 << 20
  /// Seconds before its time limit, which the partition or the person sets, at which a task is told of it.
  /// Slurm tells up to a minute late.
  private static let notice = 120

  /// The arguments of `sbatch`.
  ///
  /// - Parameters:
  ///   - folder: where logs go.
  ///   - script: the path of the script.
  func arguments(folder: String, script: String) -> [String] {
    let bytes = memory + Self.coordinatorMemory
    // Which ranks share a node is not known, but each has its cores.
    let places =
      ranks == 1
      ? ["--nodes=1", "--ntasks=1", "--mem=\(Self.megabytes(bytes))M"]
      : ["--ntasks=\(ranks)", "--mem-per-cpu=\(Self.megabytes((bytes + cores - 1) / cores))M"]
    let arguments = [
      "--job-name=experiments-\(experiment)", "--array=0-\(tasks - 1)",
      "--cpus-per-task=\(cores)",
      // A task that lost its node, gave way to others or was out of time goes on.
      "--requeue", "--open-mode=append", "--signal=B:USR1@\(Self.notice)",
      "--output=\(Self.pattern(folder))/task-%a.log",
    ]
    return arguments + places + options + [script]
  }

  /// The script of each task. It becomes the program, so that signals reach it.
  static func script(program: String, folder: String) -> String {
    """
    #!/bin/sh
    exec \(ShellWord.quoted(program)) \(SlurmTask.command) --launch \(ShellWord.quoted(folder))

    """
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }

  /// In `sbatch`'s patterns '%' begins a placeholder.
  private static func pattern(_ path: String) -> String {
    path.replacingOccurrences(of: "%", with: "%%")
  }
}
