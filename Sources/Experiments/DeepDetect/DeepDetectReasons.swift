/// Why settings of DeepDetect mean nothing here.
enum DeepDetectReasons {
  /// A path without what all calls have in common.
  static func short(_ path: String) -> String {
    for prefix in ["parameters.mllib.", "parameters.input.", "parameters.output.", "parameters."]
    where path.hasPrefix(prefix) && path != prefix {
      return String(path.dropFirst(prefix.count))
    }
    return path
  }

  /// - Parameter setting: one that is left.
  static func reason(_ setting: DeepDetectSettings.Setting) -> String {
    if case .expression = setting.value {
      return
        "the file does not say what it is: write its value into the file and run the command again"
    }
    let name = short(setting.path)
    if let reason = whole[name] { return reason }
    if let (_, reason) = beginnings.first(where: { name.hasPrefix($0.start) }) { return reason }
    return "nothing here corresponds to it"
  }

  private static let engine = "this program trains with its own engine"
  private static let server = "no server is asked"
  private static let processor = "training is on the processor"
  private static let records = "records lie in the folder of --results"

  private static let whole: [String: String] = [
    "mllib": engine, "type": "every training here is supervised",
    "connector": "images are what is read",
    "model.repository": records, "model.templates": "templates are built in",
    "model.create_repository": records,
    "model.init": "name the weights in weights.from", "gpu": processor, "gpuid": processor,
    "datatype": "training.precision says it", "async": server, "host": server, "port": server,
    "path": server,
    "resume": "the same command goes on from where it was stopped",
    "resume_from": "the same command goes on from where it was stopped",
    "segmentation": "every training here is of segmentation",
    "shuffle": "training samples are shuffled always",
    "db": "images are read from their files", "best": "checkpoints.keep says which are kept",
    "test_crop_samples": "evaluations see whole images",
    "solver.test_initialization": "evaluations follow on steps",
    "solver.rand_skip": "a training that goes on sees the samples that it would have seen",
    "solver.lr_dropout": "there is no such regularization",
    "solver.snapshot_prefix": records, "dataloader_threads": "limits.threads says it",
    "unchanged_data": "normalize says what is done to values",
    "histogram_equalization": "the augmentation clahe is nearest, and data sets are not changed",
    "rgb": "images are read as red, green, blue", "keep_orig": "images are read from their files",
    "target_repository": "experiments export writes what was trained", "clevel": server,
    "freeze_traced": "weights.freeze says which parameters stay",
    "concurrent_predict": "it is about predictions", "confidences": "it is about predictions",
    "solver.warmup_lr": "without warmup_iter there is no warm-up",
    "solver.gamma": "the policy has no gamma", "solver.power": "the policy has no power",
    "solver.stepsize": "the policy has no stepsize",
    "solver.stepvalue": "the policy has no stepvalue",
    "solver.momentum": "the solver has no momentum",
    "solver.momentum2": "the solver has no second momentum",
    "solver.rms_decay": "the solver has no such decay",
    "solver.delta": "the solver has no such number",
    "solver.lookahead": "solver.type: LOOKAHEAD holds another solver",
    "solver.rectified": "solver.type: RADAM is rectified",
    "solver.swa": "solver.swa is a section here",
    "solver.sam": "solver.type: SAM holds another solver",
    "solver.adabelief": "solver.type: ADABELIEF is it",
    "rotate": "nothing turns by quarters where it is false",
  ]
  private static let beginnings: [(start: String, reason: String)] = [
    ("dice_param", "the losses dice_weighted say how classes are weighed"),
    ("geometry.", "the augmentation geometry has its own effects"),
    ("noise.", "the augmentation noise has its own effects"),
    ("distort.", "the augmentation distort has its own effects"),
    ("solver.decoupled_wd", "decoupled decay follows the schedule"),
    ("solver.sam_", "solver.type: SAM holds another solver"),
    ("data.", "it is no list of samples"),
  ]
}
