/// The functions of Python that start a training: those of DeepDetect's client, and the widget of its
/// notebooks.
enum DeepDetectCall: String {
  case service = "put_service"
  case training = "post_train"
  case widget = "Segmentation"

  /// The arguments in their order, as paths in the body of the call of the server.
  private var arguments: [(name: String, path: String)] {
    let parameters = [
      ("parameters_input", "parameters.input"), ("parameters_mllib", "parameters.mllib"),
      ("parameters_output", "parameters.output"),
    ]
    return switch self {
    case .service:
      [
        ("sname", "service"), ("model", "model"), ("description", "description"),
        ("mllib", "mllib"),
      ]
        + parameters + [("mltype", "type")]
    case .training:
      [("sname", "service"), ("data", "data")] + parameters + [("jasync", "async")]
    case .widget: [("sname", "service")]
    }
  }

  /// Where the settings of the widget stand in the body; all others are those of the library.
  private static let widgetPaths: [String: String] = [
    "training_repo": "data.0", "testing_repo": "data.1", "model_repo": "model.repository",
    "description": "description", "mllib": "mllib", "host": "host", "port": "port", "path": "path",
    "img_height": "parameters.input.height", "img_width": "parameters.input.width",
    "bw": "parameters.input.bw", "mean": "parameters.input.mean", "scale": "parameters.input.scale",
    "std": "parameters.input.std", "tsplit": "parameters.input.test_split",
    "test_split": "parameters.input.test_split", "segmentation": "parameters.input.segmentation",
    "noise_prob": "parameters.mllib.noise.prob", "distort_prob": "parameters.mllib.distort.prob",
    "cutout_prob": "parameters.mllib.cutout", "geometry_prob": "parameters.mllib.geometry.prob",
    "finetune": "parameters.mllib.finetuning", "batch_size": "parameters.mllib.net.batch_size",
    "test_batch_size": "parameters.mllib.net.test_batch_size",
    "snapshot_interval": "parameters.mllib.solver.snapshot",
    "clevel": "clevel",
  ]
  private static let widgetSolver: Set<String> = [
    "iterations", "test_interval", "base_lr", "lr_policy", "solver_type", "iter_size", "gamma",
    "stepsize",
    "stepvalue", "power", "momentum", "momentum2", "rms_decay", "delta", "weight_decay",
    "warmup_lr",
    "warmup_iter", "rand_skip", "clip", "clip_value", "clip_norm", "test_initialization",
    "lookahead",
    "lookahead_steps", "lookahead_alpha", "rectified", "decoupled_wd_periods", "decoupled_wd_mult",
    "lr_dropout", "period", "ncycles", "min_lr", "lr_mult", "p_mult",
  ]

  /// Reads the arguments behind the opening bracket.
  func body(_ reader: inout WrittenValueReader) throws(WrittenValueReader.Problem) -> WrittenValue {
    var entries: [WrittenValue.Entry] = []
    var position = 0
    while !reader.take(")") {
      reader.skip()
      let start = reader.place
      let line = reader.line(at: start)
      let name = Self.keyword(&reader)
      let value = try reader.value()
      let path: String
      if let name {
        path = self.path(of: name)
      } else {
        path = position < arguments.count ? arguments[position].path : "argument \(position + 1)"
        position += 1
      }
      entries.append(.init(key: path, value: value, line: line))
      guard reader.take(",") else {
        guard reader.take(")") else { throw reader.problem("expected ',' or ')'") }
        break
      }
    }
    return .map(entries)
  }

  private func path(of name: String) -> String {
    if let argument = arguments.first(where: { $0.name == name }) { return argument.path }
    guard self == .widget else { return name }
    return Self.widgetPaths[name]
      ?? (Self.widgetSolver.contains(name)
        ? "parameters.mllib.solver.\(name)" : "parameters.mllib.\(name)")
  }

  /// `name=` before a value.
  private static func keyword(_ reader: inout WrittenValueReader) -> String? {
    let start = reader.place
    while let byte = reader.byte, WrittenValueReader.isOfWord(byte) { reader.place += 1 }
    let name = String(decoding: reader.bytes[start..<reader.place], as: UTF8.self)
    while reader.byte == 0x20 { reader.place += 1 }
    if !name.isEmpty, reader.byte == UInt8(ascii: "="), reader.next != UInt8(ascii: "=") {
      reader.place += 1
      return name
    }
    reader.goBack(to: start)
    return nil
  }
}
