import Testing

@testable import WeightFiles

@Suite("PyTorch checkpoints")
struct TorchTests {
  private let storages: [(key: String, bytes: [UInt8])] = [
    ("0", Bytes.of((0..<24).map(Float.init)))
  ]

  private func file(_ write: (inout PickleWriter) -> Void) -> [UInt8] {
    var pickle = PickleWriter()
    write(&pickle)
    return Torch.archive(pickle, storages)
  }

  private func tensor(_ shape: [Int], _ strides: [Int], offset: Int = 0) -> [UInt8] {
    file { pickle in
      pickle.dictionary {
        $0.tensor("x", key: "0", elements: 24, offset: offset, shape: shape, strides: strides)
      }
    }
  }

  @Test("both containers give the same tensors")
  func containers() throws {
    let archive = try WeightFile(Torch.archive(Sample.pickle, Sample.storages))
    let legacy = try WeightFile(Torch.legacy(Sample.pickle, Sample.storages))
    #expect(archive.format == .torch(.archive))
    #expect(legacy.format == .torch(.legacy))
    for file in [archive, legacy] {
      #expect(file.names == ["a.weight", "a.bias"])
      #expect(file.roles == [.weight, .bias])
      #expect(try file.values("a.weight") == [1, 3, 2, 4])
      #expect(try file.values("a.bias") == [5, 6])
    }
  }

  @Test("views, transposes and channels-last tensors are gathered by their strides")
  func strides() throws {
    #expect(try WeightFile(tensor([3], [4], offset: 1)).values("x") == [1, 5, 9])
    #expect(try WeightFile(tensor([2, 2], [1, 12])).values("x") == [0, 12, 1, 13])
    let channelsLast = try WeightFile(tensor([2, 3, 2, 2], [12, 1, 6, 3])).values("x")
    var expected: [Float] = []
    for sample in 0..<2 {
      for channel in 0..<3 {
        for pixel in 0..<4 { expected.append(Float(sample * 12 + pixel * 3 + channel)) }
      }
    }
    #expect(channelsLast == expected)
    #expect(try WeightFile(tensor([], [])).values("x") == [0])
    #expect(try WeightFile(tensor([1, 2], [.max, 1])).values("x") == [0, 1])
    #expect(try WeightFile(tensor([0, 2], [2, 1])).values("x") == [])
  }

  @Test(
    "tensors outside their storage and expanded ones are refused",
    arguments: [
      ([25], [1], 0, "outside its storage"), ([2], [1], 23, "outside its storage"),
      ([1000, 1000], [0, 0], 0, "expanded"), ([2, 24], [0, 1], 0, "expanded"),
      ([23, 23], [1, 1], 0, "outside its storage"), ([5, 5], [4, 1], 0, "expanded"),
      ([2], [-1], 1, "negative stride"), ([2], [1], -1, "strides do not fit"),
      ([2], [1, 1], 0, "strides do not fit"), ([-2], [1], 0, "shape [-2]"),
    ] as [([Int], [Int], Int, String)])
  func geometry(shape: [Int], strides: [Int], offset: Int, words: String) {
    #expect(refusal(tensor(shape, strides, offset: offset))?.contains(words) == true)
  }

  @Test("big-endian numbers are turned around")
  func endianness() throws {
    var pickle = PickleWriter()
    pickle.dictionary { $0.tensor("x", key: "0", elements: 1, shape: [1], strides: [1]) }
    let storage: [(key: String, bytes: [UInt8])] = [("0", [0x3F, 0x80, 0, 0])]
    let archive = Torch.archive(pickle, storage, byteOrder: "big")
    #expect(try WeightFile(archive).values("x") == [1])
    #expect(try WeightFile(Torch.legacy(pickle, storage, isLittleEndian: false)).values("x") == [1])
    #expect(refusal(Torch.archive(pickle, storage, byteOrder: "odd"))?.contains("order") == true)
  }

  @Test("state dictionaries in a checkpoint are found, and their wrapping is dropped")
  func checkpoint() throws {
    let bytes = file { pickle in
      func add(_ pickle: inout PickleWriter, _ name: String) {
        pickle.tensor(name, key: "0", elements: 24, shape: [2], strides: [1])
      }
      pickle.dictionary { pickle in
        pickle.text("epoch")
        pickle.integer(3)
        pickle.text("optimizer")
        pickle.dictionary { pickle in
          pickle.text("state")
          pickle.dictionary { pickle in
            pickle.integer(0)
            pickle.dictionary { add(&$0, "exp_avg") }
          }
        }
        pickle.text("state_dict")
        pickle.dictionary { pickle in
          for name in ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"] {
            add(&pickle, "module.bn.\(name)")
          }
          add(&pickle, "module.act.weight")
        }
      }
    }
    let file = try WeightFile(bytes)
    #expect(file.prefix == "state_dict.module.")
    #expect(file.names.prefix(2) == ["optimizer.state.0.exp_avg", "state_dict.module.bn.weight"])
    #expect(file.layers == ["optimizer.state.0", "bn", "bn", "bn", "bn", "bn", "act"])
    #expect(
      file.roles == [
        .other("exp_avg"), .scale, .shift, .mean, .variance, .other("num_batches_tracked"), .slope,
      ])
  }

  @Test("a rank-1 weight with a bias is a scale, without one a slope")
  func vectors() throws {
    let bytes = file { pickle in
      pickle.dictionary { pickle in
        for name in ["norm.weight", "norm.bias", "act.weight"] {
          pickle.tensor(name, key: "0", elements: 24, shape: [2], strides: [1])
        }
      }
    }
    #expect(try WeightFile(bytes).roles == [.scale, .shift, .slope])
  }

  @Test(
    "names of Python beyond the few that are needed are refused by name",
    arguments: [
      ("posix", "system", "might be harmful"),
      ("torch.nn.modules.container", "Sequential", "whole pickled module"),
      ("__main__", "Net", "whole pickled module"),
      ("numpy.core.multiarray", "scalar", "a number or array of NumPy"),
      ("torch._utils", "_rebuild_qtensor", "ordinary dense tensors"),
    ])
  func globals(module: String, name: String, words: String) {
    let reason = refusal(file { $0.global(module, name) })
    #expect(reason?.contains("\(module).\(name)") == true)
    #expect(reason?.contains(words) == true)
  }

  @Test(
    "pickles that make no sense are refused",
    arguments: [
      ")", "(", "t", "u", "}(Nu", "}Ns", "h\u{1}", "q\u{1}", "NR", "Q", "NQ", "NN", "b", "]b",
    ])
  func nonsense(operations: String) {
    #expect(refusal(file { $0.add(operations) }) != nil)
  }

  @Test("lists in one another a million deep, and dictionaries in themselves, are refused")
  func nesting() {
    #expect(
      refusal(
        file {
          $0.add(String(repeating: "]", count: 100_000) + String(repeating: "a", count: 99_999))
        })?
        .contains("too deep") == true)
    let itself = file { pickle in
      pickle.add("}q\u{1}")
      pickle.text("self")
      pickle.add("h\u{1}s")
    }
    #expect(refusal(itself)?.contains("too deep") == true)
  }

  @Test("archives of other things are refused with what they are")
  func archives() {
    let script = Torch.archive(Sample.pickle, Sample.storages, more: [("constants.pkl", [])])
    #expect(refusal(script)?.contains("TorchScript") == true)
    let pickle = ("a/data.pkl", Sample.pickle.finished())
    #expect(refusal(ZipWriter().archive([pickle]))?.contains("lacks 'a/version'") == true)
    #expect(
      refusal(ZipWriter().archive([pickle, ("a/version", [])]))?.contains("are missing") == true)
    #expect(refusal(ZipWriter(method: 8).archive([pickle]))?.contains("compressed") == true)
    #expect(refusal(ZipWriter(flags: 1).archive([pickle]))?.contains("encrypted") == true)
    #expect(refusal(ZipWriter().archive([pickle, pickle]))?.contains("two entries") == true)
    #expect(refusal(ZipWriter().archive([("x.npy", [])]))?.contains("NumPy") == true)
    #expect(refusal(ZipWriter().archive([("x", [])]))?.contains("neither") == true)
  }
}
