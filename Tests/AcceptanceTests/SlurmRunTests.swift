import Foundation
import Testing

/// Sweeps on a cluster that shell scripts play: the tasks of a job are processes of this machine.
@Suite struct SlurmRunTests {
  /// A workplace with programs named as Slurm's. A job's tasks run at once, in the background; a task
  /// is in the queue until its process has ended.
  private func cluster() throws -> (Workplace, environment: [String: String]) {
    let workplace = try Workplace()
    let folder = workplace.folder.path
    func write(_ name: String, _ text: String) throws {
      try workplace.write("#!/bin/bash\n" + text, to: "bin/\(name)")
      chmod("\(folder)/bin/\(name)", 0o755)
    }
    try write(
      "sbatch",
      """
      echo "$@" >> \(folder)/submitted
      for option; do
        case "$option" in
          --array=0-*) last=${option#--array=0-} ;;
          --output=*) log=${option#--output=} ;;
          --partition=nosuch) echo "sbatch: error: invalid partition specified: nosuch" >&2; exit 1 ;;
        esac
        script=$option
      done
      # What the tests were given is not for the tasks, which outlive this command.
      for stream in /proc/$$/fd/*; do
        number=${stream##*/}
        if [ "$number" -gt 2 ] && [ "$number" != 255 ]; then eval "exec $number>&-"; fi
      done
      for task in $(seq 0 "$last"); do
        out=$(echo "$log" | sed "s/%a/$task/")
        export SLURM_JOB_ID=$((70 + task)) SLURM_ARRAY_TASK_ID=$task
        file=\(folder)/task-$task.pid
        : > "$file"
        (setsid sh -c 'echo $$ > "$0"; exec sh "$1"' "$file" "$script"; rm "$file") \\
          > "$out" 2>&1 < /dev/null &
      done
      echo 70
      """)
    try write(
      "squeue",
      """
      for file in \(folder)/task-*.pid; do
        [ -e "$file" ] || continue
        task=${file##*task-}
        echo "70|${task%.pid}|RUNNING|n1|None"
      done
      """)
    try write("scontrol", "echo \"$@\" >> \(folder)/told\n")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (workplace, ["PATH": "\(folder)/bin:\(path)"])
  }

  /// Trains a spec here and on a cluster, to the same table of so many rows.
  ///
  /// - Returns: what the command on the cluster said, and where it was run.
  private func trainsTheSame(
    _ spec: String, _ options: String..., rows: Int
  ) throws -> (Workplace.Transcript, Workplace, environment: [String: String]) {
    let local = try Workplace()
    try local.write(spec, to: "tiny.yaml")
    #expect(try local.run("run", "tiny.yaml").status == 0)
    let (workplace, environment) = try cluster()
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.start(
      ["run", "tiny.yaml", "--executor", "slurm"] + options, environment: environment
    ).finish()
    try #require(run.status == 0, "\(run)")
    let table = try local.table(of: "tiny")
    #expect(try workplace.table(of: "tiny") == table)
    #expect(table.count == 1 + rows)
    return (run, workplace, environment)
  }

  @Test("a sweep trained by the tasks of a job gives the table that it gives here")
  func sameTable() throws {
    let spec = SmallSpecs.generated(rates: ["1e-2", "3e-3", "1e-3", "3e-4", "1e-4"])
    let (run, workplace, environment) = try trainsTheSame(
      spec, "--jobs", "3", "--sbatch=--partition=long", rows: 5)
    #expect(run.errors.contains("submitted as Slurm job 70"), "\(run)")
    #expect(run.errors.contains("3 tasks of a Slurm job on 1 thread each"), "\(run)")
    #expect(run.output.contains("mean IoU"))
    let submitted = String(decoding: try workplace.data("submitted"), as: UTF8.self)
    #expect(submitted.contains("--array=0-2"))
    #expect(submitted.contains("--partition=long"))

    // What is done is not submitted again.
    let again = try workplace.run(
      "run", "tiny.yaml", "--executor", "slurm", environment: environment)
    #expect(again.status == 0, "\(again)")
    #expect(try workplace.data("submitted") == Data(submitted.utf8))
  }

  @Test("a sweep that decides from results goes on in the tasks that wait for them")
  func adaptive() throws {
    let spec =
      SmallSpecs.generated(epochs: 1).components(separatedBy: "sweep:")[0] + """
        sweep:
          method: tpe
          trials: 6
          batch: 2
          startup: 2
          parameters:
            solver.base_lr: {log_uniform: [1e-4, 1e-1]}

        """
    _ = try trainsTheSame(spec, "--jobs", "2", rows: 6)
  }

  @Test("what the cluster refuses, or lacks, is said, and nothing is left of it")
  func refused() throws {
    let (workplace, environment) = try cluster()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    let refused = try workplace.run(
      "run", "tiny.yaml", "--executor", "slurm", "--sbatch=--partition=nosuch",
      environment: environment)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("invalid partition specified: nosuch"), "\(refused)")
    #expect(workplace.files(below: "results/.slurm").isEmpty)

    let none = try workplace.run(
      "run", "tiny.yaml", "--executor", "slurm", environment: ["PATH": "/usr/nosuch"])
    #expect(none.status == 64)
    #expect(none.errors.contains("there is no program 'sbatch' in $PATH"), "\(none)")

    let misplaced = try workplace.run("run", "tiny.yaml", "--sbatch=--partition=long")
    #expect(misplaced.status == 64)
    #expect(misplaced.errors.contains("--sbatch and --detach are for '--executor slurm'"))
  }

  @Test("a task that is out of time goes back into the queue, and the next one goes on")
  func outOfTime() throws {
    let (workplace, environment) = try cluster()
    try workplace.write(SmallSpecs.generated(epochs: 4000, rates: ["1e-3"]), to: "tiny.yaml")
    let detached = try workplace.run(
      "run", "tiny.yaml", "--executor", "slurm", "--detach", environment: environment)
    try #require(detached.status == 0, "\(detached)")
    while !workplace.files(below: "results/tiny").contains(where: { $0.contains("step-") }) {
      try #require(workplace.exists("task-0.pid"), "the task trains")
      usleep(5000)
    }
    let text = String(decoding: try workplace.data("task-0.pid"), as: UTF8.self)
    let task = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    kill(task, SIGUSR1)
    while workplace.exists("task-0.pid") { usleep(5000) }
    #expect(String(decoding: try workplace.data("told"), as: UTF8.self) == "requeue 70\n")
    let list = try workplace.run("ls").output
    #expect(list.contains("interrupted"), "\(list)")
  }
}
