import Testing

@testable import Experiments

@Suite("What Slurm is asked, and what it answers")
struct SlurmTests {
  @Test(
    "a line of squeue says what a task does",
    arguments: [
      ("12|3|RUNNING|n1|None", SlurmTaskState.Phase.running),
      ("12|3|COMPLETING|n1|None", .running),
      ("12|3|PENDING||Resources", .waiting),
      ("12|3|PENDING||JobHeldUser", .held),
      ("12|3|PENDING||launch failed requeued held", .held),
      ("12|3|REQUEUE_HOLD||None", .held),
      // It will be put back into the queue.
      ("12|3|PREEMPTED||None", .waiting),
    ])
  func line(text: String, phase: SlurmTaskState.Phase) throws {
    let task = try #require(SlurmTaskState(text))
    #expect((task.job, task.task) == ("12", "3"))
    #expect(task.phase == phase)
  }

  @Test(
    "what is no line of a task is none", arguments: ["", "12|3", "||RUNNING||", "slurm: error"])
  func noLine(text: String) {
    #expect(SlurmTaskState(text) == nil)
  }

  @Test("the queue is told in a line")
  func queue() {
    func text(_ lines: String...) -> String {
      "\(SlurmQueueText(lines.compactMap(SlurmTaskState.init)))"
    }
    #expect(text() == "no task in the queue")
    #expect(text("1|0|RUNNING|n1|None") == "1 task runs on n1")
    #expect(
      text("1|0|RUNNING|n2|None", "1|1|RUNNING|n1|None", "1|2|PENDING||Resources")
        == "2 tasks run on n1, n2, 1 waits (Resources)")
    #expect(
      text("1|0|PENDING||JobHeldUser", "1|1|PENDING||JobHeldUser")
        == "2 tasks are held (JobHeldUser)")
  }

  @Test("a job asks for what its trials take, and the person's own options come last")
  func request() {
    let request = SlurmRequest(
      experiment: "camvid", tasks: 4, cores: 2, memory: 700 << 20,
      options: ["--partition=long"])
    let arguments = request.arguments(folder: "/data/100%/x", script: "/data/100%/x/task.sh")
    for expected in [
      "--array=0-3", "--cpus-per-task=2", "--mem=1212M", "--requeue",
      "--signal=B:USR1@120", "--output=/data/100%%/x/task-%a.log",
    ] {
      #expect(arguments.contains(expected), "\(expected)")
    }
    #expect(Array(arguments.suffix(2)) == ["--partition=long", "/data/100%/x/task.sh"])
  }

  @Test("the script becomes the program, whatever its path is")
  func script() {
    #expect(
      SlurmRequest.script(program: "/a b/experiments", folder: "/it's/x")
        == "#!/bin/sh\nexec '/a b/experiments' slurm-task --launch '/it'\\''s/x'\n")
  }
}
