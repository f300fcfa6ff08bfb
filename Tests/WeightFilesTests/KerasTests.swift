import Testing

@testable import WeightFiles

@Suite("Keras weights")
struct KerasTests {
  /// Of four channels.
  private let norm: [Keras.Weight] = ["gamma", "beta", "moving_mean", "moving_variance"].map {
    ("bn/\($0):0", [1, 2, 3, 4], [4])
  }

  @Test("weights of Keras 2 come in the order of the attributes, with the roles of their names")
  func legacy() throws {
    let file = try WeightFile(
      try Keras.legacy([
        ("z", [("z/kernel:0", [1, 2, 3, 4, 5, 6], [1, 1, 2, 3]), ("z/bias:0", [7, 8, 9], [3])]),
        ("bn", norm), ("act", [("act/alpha:0", [1, 2], [1, 1, 2])]), ("flatten", []),
      ]))
    #expect(file.format == .keras(.legacyWeights))
    #expect(file.layers == ["z", "z", "bn", "bn", "bn", "bn", "act"])
    #expect(file.roles == [.weight, .bias, .scale, .shift, .mean, .variance, .slope])
    #expect(file.tensor("z/kernel:0").shape == [3, 2, 1, 1])
    #expect(try file.values("z/kernel:0") == [1, 4, 2, 5, 3, 6])
    #expect(file.tensor("act/alpha:0").shape == [2])
  }

  @Test("long lists of names are split over several attributes")
  func splitNames() throws {
    let layers = ["a", "b", "c"].map { ($0, [("\($0)/bias:0", [1], [1]) as Keras.Weight]) }
    #expect(try WeightFile(try Keras.legacy(layers, splitsNames: true)).layers == ["a", "b", "c"])
  }

  @Test("kernels are transposed as their layers need it")
  func kernels() throws {
    let values = (0..<12).map(Float.init)
    let file = try WeightFile(
      try Keras.legacy([
        ("conv", [("conv/kernel:0", values, [2, 1, 2, 3])]),
        ("depthwise", [("d/depthwise_kernel:0", values, [2, 1, 3, 2])]),
        ("dense", [("dense/kernel:0", values, [3, 4])]),
      ]))
    #expect(file.tensors.map(\.shape) == [[3, 2, 2, 1], [6, 1, 2, 1], [4, 3]])
    var conv: [Float] = []
    for output in 0..<3 {
      for input in 0..<2 {
        for row in 0..<2 { conv.append(values[row * 6 + input * 3 + output]) }
      }
    }
    #expect(try file.values("conv/kernel:0") == conv)
    #expect(
      try file.values("d/depthwise_kernel:0") == [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11])
    #expect(
      try file.values("dense/kernel:0") == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
  }

  @Test("a depthwise kernel is known by the length of its bias where no name says it")
  func depthwiseByBias() throws {
    let file = try WeightFile(
      try Keras.legacy([
        ("dw", [("dw/kernel:0", [1, 2], [1, 1, 2, 1]), ("dw/bias:0", [0, 0], [2])]),
        ("pw", [("pw/kernel:0", [1, 2], [1, 1, 2, 1]), ("pw/bias:0", [0], [1])]),
      ]))
    #expect(file.tensor("dw/kernel:0").shape == [2, 1, 1, 1])
    #expect(file.tensor("pw/kernel:0").shape == [1, 2, 1, 1])
  }

  @Test("the names of Keras 1 have roles too")
  func firstNames() throws {
    let file = try WeightFile(
      try Keras.legacy([
        ("c", [("c_W_1:0", [1, 2], [1, 1, 1, 2]), ("c_b_1:0", [1, 2], [2])]),
        ("n", ["gamma", "beta", "running_mean", "running_std"].map { ("n_\($0)", [1], [1]) }),
      ]))
    #expect(file.roles == [.weight, .bias, .scale, .shift, .mean, .variance])
  }

  @Test("a model in a model keeps the names of its layers")
  func nestedModels() throws {
    let file = try WeightFile(
      try Keras.legacy([
        (
          "vgg16",
          [("block1/kernel:0", [1], [1, 1, 1, 1]), ("block2/kernel:0", [2], [1, 1, 1, 1])]
        )
      ]))
    #expect(file.layers == ["block1", "block2"])
  }

  @Test("a whole model's weights lie below its configuration, which tells the kinds of layers")
  func model() throws {
    let configuration = #"""
      {"class_name": "Model", "config": {"layers": [
        {"class_name": "DepthwiseConv2D", "config": {"name": "x"}}]}}
      """#
    let file = try WeightFile(
      try Keras.legacy(
        [("x", [("x/kernel:0", [1, 2], [1, 1, 2, 1])])], configuration: configuration))
    #expect(file.format == .keras(.legacyModel))
    #expect(file.tensors[0].shape == [2, 1, 1, 1])
  }

  @Test("layers of Keras 3 come by number, with the names they had, in old and new groups")
  func current() throws {
    let kernel: (values: [Float], shape: [Int]) = ([1, 2], [1, 1, 1, 2])
    let vector: (values: [Float], shape: [Int]) = ([3, 4], [2])
    let file = try WeightFile(
      try Keras.current([
        (["layers", "conv2d_10"], "late", [kernel, vector]),
        (["layers", "conv2d_2"], "early", [kernel, vector]),
        (["layers", "batch_normalization"], nil, [vector, vector, vector, vector]),
        (["layers", "batch_normalization_1"], "bn3", [vector, vector, vector]),
        (["layers", "p_re_lu"], "act", [([1, 2], [1, 1, 2])]),
        (["optimizer"], nil, [vector]), (["layers", "flatten"], "flatten", []),
      ]))
    #expect(file.format == .keras(.weights))
    #expect(
      file.layers == [
        "batch_normalization", "batch_normalization", "batch_normalization", "batch_normalization",
        "bn3", "bn3", "bn3", "early", "early", "late", "late", "act", "optimizer",
      ])
    #expect(
      file.roles == [
        .scale, .shift, .mean, .variance, .other("gamma or beta"), .mean, .variance, .weight, .bias,
        .weight, .bias, .slope, .other(""),
      ])
    #expect(file.names[7] == "layers/conv2d_2/vars/0")
    let new = try WeightFile(Sample.newHDF5)
    #expect(new.layers == ["conv", "conv"])
    #expect(new.tensors[0].shape == [2, 1, 1, 1])
    #expect(try new.values("vars/1") == [3, 4])
  }

  @Test(
    "an archive's configuration says which part of a normalization is missing, and what a PReLU is")
  func archive() throws {
    let vector: (values: [Float], shape: [Int]) = ([3, 4], [2])
    let weights = try Keras.current([
      (["_layer_checkpoint_dependencies", "a"], "bn", [vector, vector, vector]),
      (["_layer_checkpoint_dependencies", "b"], "act", [([1, 2], [1, 1, 2])]),
    ])
    let configuration = #"""
      {"layers": [{"class_name": "BatchNormalization", "config": {"name": "bn", "scale": false}},
                  {"class_name": "PReLU", "config": {"name": "act"}}]}
      """#
    let file = try WeightFile(
      ZipWriter().archive([
        ("config.json", Array(configuration.utf8)), ("model.weights.h5", weights),
      ]))
    #expect(file.format == .keras(.archive))
    #expect(file.roles == [.shift, .mean, .variance, .slope])
  }

  @Test("layers of one name are told apart by their paths")
  func equalNames() throws {
    let vector: (values: [Float], shape: [Int]) = ([3, 4], [2])
    let kernel: (values: [Float], shape: [Int]) = ([1, 2], [1, 1, 1, 2])
    let file = try WeightFile(
      try Keras.current([
        (["a", "conv2d"], "conv2d", [kernel, vector]),
        (["b", "conv2d"], "conv2d", [kernel, vector]),
      ]))
    #expect(file.layers == ["a/conv2d", "a/conv2d", "b/conv2d", "b/conv2d"])
  }

  @Test("kernels of Theano are refused, by their backend and by their order of axes")
  func theano() throws {
    let weights: [Keras.Weight] = [("x_W", [Float](repeating: 0, count: 432), [16, 3, 3, 3])]
    let bytes = try Keras.legacy([("x", weights)])
    #expect(refusal(bytes)?.contains("Theano's order") == true)
    let other = try Keras.legacy([("x", [])], backend: "theano")
    #expect(refusal(other)?.contains("with Theano") == true)
  }

  @Test("HDF5 files of other things are refused")
  func foreign() throws {
    let other = try Keras.current([(["epoch"], nil, [])])
    #expect(refusal(other)?.contains("without Keras weights; it holds 'epoch'") == true)
    let caffe = try Keras.current([(["data", "conv1"], nil, [])])
    #expect(refusal(caffe)?.contains("save Caffe's weights as .caffemodel") == true)
  }
}
