import Testing

@testable import WeightFiles

@Suite("Caffe models")
struct CaffeModelTests {
  @Test("layers and roles are read from models of today and of before 2014")
  func models() throws {
    let current = try WeightFile(Sample.caffe)
    #expect(current.format == .caffe)
    #expect(current.names == ["conv[0]", "conv[1]", "norm[0]", "norm[1]", "norm[2]"])
    #expect(current.roles == [.weight, .bias, .mean, .variance, .other("scale factor")])
    let old = try WeightFile(Sample.oldCaffe)
    #expect(old.tensors[0].shape == [2, 1, 1, 1])
    #expect(try old.values("conv[0]") == [1, -2])
  }

  @Test("a batch normalization is divided by its scale factor, and is 0 where that is 0")
  func scaleFactor() throws {
    let file = try WeightFile(Sample.caffe)
    #expect(try file.values("norm[0]") == [1, 2])
    #expect(try file.values("norm[1]") == [3, 4])
    let empty = try WeightFile(
      Caffe.network(
        Caffe.layer(
          "norm", "BatchNorm", [[2, 4], [6, 8], [0]].map { Caffe.blob($0, [$0.count]) })))
    #expect(try empty.values("norm[0]") == [0, 0])
    #expect(try empty.values("norm[1]") == [0, 0])
  }

  @Test("values may be packed, in several chunks, one by one, all of it mixed, or doubles")
  func encodings() throws {
    let shape = Caffe.shape([5])
    let mixed =
      Protobuf.part(5, Bytes.of([1] as [Float])) + Protobuf.unpacked(5, [2, 3]) + shape
      + Protobuf.part(5, []) + Protobuf.part(5, Bytes.of([4, 5] as [Float]))
    let doubles = Protobuf.part(8, Bytes.of([1, 2, 3, 4, 5] as [Double])) + shape
    let unpacked = Protobuf.unpacked(5, [1, 2, 3, 4, 5]) + shape
    for blob in [mixed, doubles, unpacked] {
      let file = try WeightFile(Caffe.network(Caffe.layer("x", "PReLU", [blob])))
      #expect(try file.values("x[0]") == [1, 2, 3, 4, 5])
      #expect(file.tensors[0].role == .slope)
    }
    let run = try WeightFile(Caffe.network(Caffe.layer("x", "PReLU", [unpacked]))).tensors[0].source
    #expect(run.runs.count == 1)
  }

  @Test("gradients beside the values are passed over")
  func gradients() throws {
    let blob = Caffe.blob([1], [1]) + Protobuf.part(6, Bytes.of([9] as [Float]))
    #expect(try WeightFile(Caffe.network(Caffe.layer("x", "Bias", [blob]))).values("x[0]") == [1])
  }

  @Test("old shapes of four axes become those of vectors and matrices")
  func oldShapes() throws {
    let file = try WeightFile(
      Caffe.network(
        Caffe.oldLayer(
          "fc", 14,
          [
            Caffe.oldShape([1, 1, 2, 3])
              + Protobuf.part(5, Bytes.of([1, 2, 3, 4, 5, 6] as [Float])),
            Caffe.oldShape([1, 1, 1, 2]) + Protobuf.part(5, Bytes.of([7, 8] as [Float])),
          ])))
    #expect(file.tensors.map(\.shape) == [[2, 3], [2]])
    #expect(file.tensors.map(\.storedShape) == [[1, 1, 2, 3], [1, 1, 1, 2]])
  }

  @Test("the forks of SegNet and PSPNet keep two and four blobs in BN", arguments: [2, 4])
  func forks(count: Int) throws {
    let blobs = [[UInt8]](repeating: Caffe.blob([1, 2], [1, 2, 1, 1]), count: count)
    let file = try WeightFile(Caffe.network(Caffe.layer("bn", "BN", blobs)))
    #expect(file.roles == Array([.scale, .shift, .mean, .variance].prefix(count)))
    #expect(file.tensors.allSatisfy { $0.shape == [2] })
  }

  @Test(
    "what is wrong with a model is said",
    arguments: [
      (Caffe.layer("x", "Scale", [Caffe.blob([1, 2], [3])]), "has 2 values"),
      (Caffe.layer("x", "Scale", [Caffe.shape([3])]), "has no values"),
      (Caffe.layer("x", "Scale", [Caffe.blob([1], [-1])]), "shape [-1]"),
      (Caffe.layer("x", "Scale", [Caffe.blob([1], [1 << 40, 1 << 40])]), "beyond all memory"),
      (Caffe.layer("x", "Scale", [Protobuf.part(5, [1, 2, 3])]), "a part of a number"),
      (Protobuf.part(2, Protobuf.part(1, [])), "upgrade_net_proto_binary"),
      (
        Caffe.layer("x", "Bias", [Caffe.blob([1], [1])])
          + Caffe.layer("x", "Bias", [Caffe.blob([1], [1])]), "two layers with blobs are called 'x'"
      ),
      (Caffe.layer("x", "ReLU", []), "without a tensor"),
    ])
  func refusals(layer: [UInt8], words: String) {
    #expect(refusal(Caffe.network(layer))?.contains(words) == true)
  }
}
