internal import Groundwork

/// The fields of windows, which max and average pooling share.
private enum WindowFields {
  static let size = Field.extent("size", default: 2, 1...31, "Height and width of the windows.")
  static let stride = Field.extent(
    "stride", 1...31, "How far apart windows stand; side by side where it is not written."
  ).optional
  static let padding = Field.integer(
    "padding", default: 0, 0...15, "What surrounds the map on every side.")
  static let roundsUp = Field.boolean(
    "round_up", default: false, "Also takes a last window that reaches beyond the map.")
  static let all = [
    size.declaration, stride.declaration, padding.declaration, roundsUp.declaration,
  ]

  static func window(_ values: FieldValues) throws(ComponentError) -> PoolingWindow {
    let size = SpatialExtent(values[Self.size])
    let padding = values[Self.padding]
    guard size.extents.allSatisfy({ padding < $0 }) else {
      throw ComponentError(
        field: Self.padding.declaration.name,
        "padding \(padding) is not below the size of the windows, \(size)")
    }
    return PoolingWindow(
      size: size, stride: values[stride].map { SpatialExtent($0) },
      padding: size.map { _ in padding }, roundsUp: values[roundsUp])
  }
}

extension LayerChain {
  /// Makes sure that there is a window.
  fileprivate func requireRoom(for window: PoolingWindow) throws(ComponentError) {
    guard window.count(on: shape.extent).extents.allSatisfy({ $0 > 0 }) else {
      throw ComponentError(
        field: WindowFields.size.declaration.name, noRoom(for: window.size))
    }
  }
}

/// ``MaxPool``.
struct MaxPoolLayer: Layer {
  static let name = "max_pool"
  static let about = "The maximum of each window."
  static let example = "- max_pool: {size: 3, stride: 2, padding: 1}"
  static let fields = WindowFields.all
  static let mainField: String? = WindowFields.size.declaration.name

  let window: PoolingWindow
  init(_ values: FieldValues) throws(ComponentError) { window = try WindowFields.window(values) }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    try chain.requireRoom(for: window)
    let extent = chain.shape.extent
    let (maxima, positions) = chain.net.maxPool(name, chain.value, window)
    chain.value = maxima
    chain.pooling = LayerChain.Pooling(positions: positions, window: window, extent: extent)
  }
}

/// ``MaxUnpool``.
struct MaxUnpoolLayer: Layer {
  static let name = "max_unpool"
  static let about = "Puts values back to where the maxima of a max_pool stood."
  static let example = "- max_unpool: pool1"

  private static let pool = Field.value("of", "The name of the max_pool's output.")
  static let fields = [pool.declaration]
  static let mainField: String? = pool.declaration.name

  let pool: String
  init(_ values: FieldValues) { pool = values[Self.pool] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let field = Self.pool.declaration.name
    guard let pooling = chain.pooling(of: pool) else {
      throw ComponentError(
        field: field, "'\(pool)' is not the output of a max_pool: name one with as")
    }
    guard pooling.window.tiles else {
      throw ComponentError(
        field: field,
        "the windows of '\(pool)' do not lie side by side: leave its stride and padding out")
    }
    let pooled = chain.shape(of: pool)
    guard chain.shape == pooled else {
      throw ComponentError(
        field: field,
        "the chain has \(chain.shape), and '\(pool)' is \(pooled): "
          + (chain.shape.extent == pooled.extent
            ? "put convolution: {outputs: \(pooled.channels), kernel: 1} before it"
            : "put resize: {like: \(pool)} before it"))
    }
    let unpool = MaxUnpool(size: pooling.window.size, extent: pooling.extent)
    try chain.append(name, .maxUnpool(unpool), with: [pooling.positions])
  }
}

/// ``AveragePool``.
struct AveragePoolLayer: Layer {
  static let name = "average_pool"
  static let about = "The mean of each window."
  static let example = "- average_pool: {size: 2}"

  private static let countsPadding = Field.boolean(
    "count_padding", default: true, "Counts the padding as zeros.")
  static let fields = WindowFields.all + [countsPadding.declaration]
  static let mainField: String? = WindowFields.size.declaration.name

  let pool: AveragePool
  init(_ values: FieldValues) throws(ComponentError) {
    pool = AveragePool(
      try WindowFields.window(values), countsPadding: values[Self.countsPadding])
  }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    try chain.requireRoom(for: pool.window)
    try chain.append(name, .averagePool(pool))
  }
}

/// ``AdaptiveAveragePool``.
struct AdaptiveAveragePoolLayer: Layer {
  static let name = "adaptive_average_pool"
  static let about = "The means of a fixed number of parts of the map; 1 is global average pooling."
  static let example = "- adaptive_average_pool: {bins: 1}"

  private static let bins = Field.integer(
    "bins", default: 1, 1...64, "The number of parts along each axis.")
  static let fields = [bins.declaration]
  static let mainField: String? = bins.declaration.name

  let bins: Int
  init(_ values: FieldValues) { bins = values[Self.bins] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let bins = SpatialExtent(repeating: bins, rank: chain.shape.extent.rank)
    try chain.append(name, .adaptiveAveragePool(AdaptiveAveragePool(bins: bins)))
  }
}
