import Foundation
@testable import HDF5
@testable import Measurements
@testable import Tracking

extension Harness {
  /// The first byte says which file of a record the rest is. Digests are taken for right, as a stranger can
  /// compute them.
  static let records = Harness(
    name: "records", about: "the JSON files of records: a byte that says which, and the file",
    words: [
      "\"version\" : 3", "\"inf\"", "\"nan\"", "null", "9223372036854775807", "-1", "1e308", "[]",
      "{}",
    ],
    seeds: {
      let run = InventedRun()
      let files = [
        RecordJSON.encode(run.trial), RecordJSON.encode(run.state), RecordJSON.encode(run.result),
        RecordJSON.encode(run.provenance),
        RecordJSON.encode(RunLabels(name: "a", tags: ["b"], note: "c")),
        RecordJSON.encode(run.test),
      ]
      return files.enumerated().map { [UInt8($0)] + $1 }
    }
  ) { bytes in
    guard let kind = bytes.first else { return }
    let file = Data(bytes.dropFirst())
    func read<Record: Decodable>(_ type: Record.Type) {
      _ = try? RecordJSON.decode(type, file, path: "file", isVouchedFor: true)
    }
    switch kind {
    case 0: read(TrialRecord.self)
    case 1: read(RunState.self)
    case 2: read(StoredResult.self)
    case 3: read(ProvenanceRecord.self)
    case 4: read(RunLabels.self)
    default: read(TestRecord.Facts.self)
    }
    _ = SystemFile.sample(String(decoding: file, as: UTF8.self)[...])
  }

  static let history = Harness(
    name: "history", about: "the metrics of records, in HDF5 with a digest that is right",
    words: ["TREE", "SNOD", "HEAP", "GCOL", "steps", "epochs", "series", "unit"],
    seeds: { try [Array(VouchedImage.image(in: MetricsFile.encode(InventedRun().history)))] }
  ) { bytes in
    _ = try? MetricsFile.decode(VouchedImage.bytes(of: Data(bytes)))
    _ = try? CheckpointFile.decode(Data(bytes))
  }

  static let bundle = Harness(
    name: "bundle", about: "whole records in one file, in HDF5 with a digest that is right",
    words: ["TREE", "SNOD", "HEAP", "GCOL", "runs", "00001", "trial", "provenance", "checkpoints"],
    seeds: {
      let file = try HDF5File()
      try file.root.setAttribute("format", to: RunBundle.format)
      try file.root.setAttribute("format_version", to: RunBundle.version)
      let group = try file.root.createGroup("runs").createGroup(RunBundle.name(1, digits: 5))
      try group.setAttribute("id", to: "0123456789abcdef")
      let run = InventedRun()
      var contents = RunContents(id: "0123456789abcdef", trial: run.trial)
      (contents.attempts, contents.history) = ([run.provenance], run.history)
      try BundledRun.write(contents, in: group)
      return [Array(try file.image())]
    }
  ) { bytes in
    _ = try? RunBundle.decode(VouchedImage.bytes(of: Data(bytes)))
  }
}
