import Foundation
@testable import Trackers
@testable import Tracking

extension Harness {
  static let events = Harness(
    name: "events", about: "event files of TensorBoard, and what is in them",
    words: [
      "brain.Event:2", "scalars", "images", "histograms", "text", "hparams",
      "_hparams_/session_start_info",
    ],
    seeds: {
      let event = Event(
        wallTime: 1, step: 2,
        values: [
          Event.Value("a", .scalar(1), about: "b"),
          Event.Value("h", .histogram([.init(lower: 0, upper: 1, count: 2)])),
          Event.Value("i", .images(width: 1, height: 1, [[1, 2, 3]])),
          Event.Value("t", .text(["x"])),
          Event.Value(
            "s", .hyperparameters(.start(values: ["lr": .number(1)], group: "g", startedAt: 1))),
        ])
      return [event.bytes, Array(event.bytes.dropFirst(12).dropLast(4))]
    }
  ) { bytes in
    var file = EventFile()
    try? file.read(ByteSource(bytes, path: "events"))
    // The same without what guards its bytes.
    var plugins: [String: String] = [:]
    _ = try? Event(bytes, plugins: &plugins)
  }

  static let neptune = Harness(
    name: "neptune", about: "tables of Neptune and metrics of MLflow",
    words: [
      "run_id,", "attribute_path", "attribute_type", "step", "float_series", "\"\"", "\r\n", "nan",
    ],
    seeds: {
      [
        "run_id,attribute_path,attribute_type,step,float_value\r\nR,\"a,\"\"b\",float_series,1,2\n",
        "1700000000000 0.5 1\n1700000000001 nan 2 a b\n",
      ].bytes
    }
  ) { bytes in
    let table = ScratchFolder.write(bytes, to: "table.csv")
    _ = try? NeptuneTable.runs(table)
    let run = "mlruns/0/" + String(repeating: "a", count: 32)
    ScratchFolder.write(Array("experiment_id: '0'\nname: x\n".utf8), to: "mlruns/0/meta.yaml")
    ScratchFolder.write(Array("run_id: a\n".utf8), to: "\(run)/meta.yaml")
    ScratchFolder.write(bytes, to: "\(run)/metrics/m")
    _ = try? MLflowFolder.runs(ScratchFolder.path + "/mlruns")
  }

  static let answer = Harness(
    name: "answer", about: "answers of servers",
    words: [
      "HTTP/1.1 200 OK\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: ", "\r\n\r\n",
      "ffffffff",
    ],
    seeds: {
      [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n1f\r\n0123456789012345678901234567890\r\n0\r\n\r\n",
        "HTTP/1.1 404 No\r\nContent-Length: 3\r\n\r\nabc",
      ].bytes
    }
  ) { bytes in _ = try? HTTPAnswer(Data(bytes)) }

  static let query = Harness(
    name: "query", about: "which runs are meant: selectors, --where, --sort, --columns",
    words: [
      "max(", "min(", "first(", "last(", "mean(", " and ", " or ", "not ", " in ", "..",
      " is missing", " like ",
      "~", "==", "!=", "<=", "@ best", "@ epoch ", "@ step ", "@last", "@best:", "tag:", "name:",
      "1e400",
    ],
    seeds: {
      [
        "max(mean_iou) > 0.6 and not (fold is missing or host ~ '^gpu[0-9]+$')",
        "solver.base_lr in 1e-4..1e-2 or data.size == [360, 480]", "experiment like cam*",
        "mean(loss, last 5) <= loss @ epoch 40, accuracy @ best(mean_iou)", "camvid/3-7,9",
        "@best:a", "-loss",
      ].bytes
    }
  ) { bytes in
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    _ = try? RunFilter(text)
    _ = try? RunValue.list(text)
    _ = try? RunOrder(text)
    _ = try? Selector(text)
  }
}
