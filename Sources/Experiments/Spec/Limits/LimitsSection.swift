internal import Datasets

/// `limits`: what a trial may use of the machine, and how long a sweep may take. No part of what a trial is.
struct LimitsSection: DeclaredSection, Hashable {
  /// `nil` leaves the choice to the program.
  var threads: Int?
  /// Processes that share the batches of a trial's steps; `nil` for one.
  var ranks: Int?
  /// Bytes that a trial's worker may take; `nil` sets no limit.
  var memory: Int?
  /// Bytes of decoded images kept in memory, 0 for none; `nil` leaves the choice to the program.
  var cacheMemory: Int?
  /// The time that one trial may train; `nil` sets no limit.
  var time: SpecDuration?
  /// The time after which a worker that does nothing counts as hung; `nil` for ``standardHeartbeat``.
  var heartbeat: SpecDuration?
  /// What is done about trials that end before their end; `nil` for ``FailurePolicies/standard``.
  var onFailure: FailurePolicies?
  /// The time after which a run of the sweep begins no trial; `nil` sets no limit.
  var totalTime: SpecDuration?

  /// Bytes of decoded images that a worker keeps at most: where the spec does not say, 2 GiB, and no more than
  /// half of the memory that it may take.
  var keptImages: Int { cacheMemory ?? min(2 << 30, (memory ?? .max) / 2) }

  static let standard = LimitsSection()
  static let standardHeartbeat = SpecDuration(seconds: 600)

  static let about =
    "Limits what one trial uses of the machine, and what time a sweep takes; limits do not change a "
    + "trial's id."
  static let keys: [SpecKey<Self>] = [
    .optional(
      "threads", \.threads, .integer(in: 1...1024), decides: .cost,
      "The number of threads; chosen where not written."),
    .optional(
      "ranks", \.ranks, .integer(in: 1...1024), shown: "1", decides: .cost,
      "The number of processes that share the `solver.iter_size` batches of a step, each with `threads`, by Open MPI; "
        + "results are the same for any number."),
    .optional(
      "memory", \.memory, .bytes(atLeast: 1), decides: .cost,
      "A trial that would need more is refused, and one that takes more is ended as `out_of_memory`; with several "
        + "ranks for each of them."
    ),
    .optional(
      "cache_memory", \.cacheMemory, .bytes(atLeast: 0), shown: "2 GiB, at most half of `memory`",
      decides: .cost, "The memory for decoded images; 0 keeps none."),
    .optional(
      "time", \.time, .duration, decides: .cost,
      "The time of training and evaluation that one trial may take, over all its attempts; then it is kept where it "
        + "stands and ends as `timed_out`. With a longer time it goes on."),
    .optional(
      "heartbeat", \.heartbeat, .duration, shown: standardHeartbeat.text, decides: .cost,
      "A worker that says nothing and uses less than 1 % of a core for so long is ended as `hung`. One that was "
        + "stopped by a signal is not."),
    .optional(
      "on_failure", \.onFailure, .failurePolicies, shown: "a policy for each kind", decides: .cost,
      "What is done about a trial that ends before its end."),
    .optional(
      "total_time", \.totalTime, .duration, decides: .cost,
      "The time after which a run of the sweep begins no trial; those that train stop with their next "
        + "evaluation, and the same command goes on."),
  ]
}
