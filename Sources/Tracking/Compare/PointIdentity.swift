/// What trials share that differ in nothing but the seed and the fold.
///
/// The number of the point is not enough: after an edit of the spec the same number stands for
/// another training, and figures of the two must not be averaged.
struct PointIdentity: Hashable {
  private let experiment: String
  private let point: Int
  private let settings: TrialSettings

  init(_ run: RunRecord) {
    experiment = run.experiment
    point = run.trial.point
    settings = TrialSettings(run.trial)
  }
}
