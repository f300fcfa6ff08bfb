/// What a reader of one format finds.
struct WeightListing {
  let format: WeightFormat
  let tensors: [StoredTensor]
  var prefix = ""

  /// More tensors are an attack, not a network.
  static let maximumCount = 100_000
}
