internal import CKernels
internal import COpenBLAS
internal import Groundwork

/// The three products that convolutions are made of, between a large tensor `[N, Cl, D, H, W]`, a
/// small tensor `[N, Cs, d, h, w]` and a weight `[Cs, Cl, …kernel]`; of a lower rank, D (or D and H)
/// is 1. A convolution goes from large to small; a transposed convolution is its gradient, and goes
/// from small to large.
///
/// `columns(large)` is the matrix `[Cl · kernel.count, d · h · w]` of the windows that the kernel
/// sees. It is never made as a whole, but for some of its d · h rows of windows (a tile) at a time,
/// which bounds the scratch memory of a thread to 2 MB or a single row. A kernel of one value at a
/// stride of 1 sees the large tensor itself, which is then read and written in place.
///
/// How the work is cut depends on the shapes alone; every value is computed by one unit of work, in
/// one order.
struct ColumnProducts {
  typealias Values = UnsafeMutablePointer<Float>

  /// What happens to the values of a product once they are complete.
  struct Finish {
    /// `[C]` of the result.
    var bias: Values?
    var clampsAtZero = false
  }

  /// Of one group of the convolution.
  private let large: Shape
  private let small: Shape
  /// Values from one sample to the next.
  private let largeStride: Int
  private let smallStride: Int
  private let threads: Int
  private let view: ck_view
  /// Values of the kernel.
  private let taps: Int
  private let isDirect: Bool
  /// Rows of windows whose columns are made at a time: of all channels of the large tensor, …
  private let tiles: [Range<Int>]
  /// … or of one group of its channels, where these share out the work.
  private let groupTiles: [Range<Int>]
  private let groups: [Range<Int>]

  private static let mostGroups = 8

  /// - Parameters:
  ///   - groups: into how many parts the convolution cuts the channels; the products are those of one
  ///     part, and are handed the place where it begins.
  ///   - tileValues: how many values the columns of a tile may have, if that is at least a row.
  init(
    large: Shape, small: Shape, groups convolutionGroups: Int = 1, kernel: SpatialExtent,
    stride: SpatialExtent,
    padding: SpatialExtent, dilation: SpatialExtent? = nil, threads: Int,
    tileValues: Int = 1 << 19
  ) {
    largeStride = large.channels * large.area
    smallStride = small.channels * small.area
    let large = Shape(large.batch, large.channels / convolutionGroups, large.extent)
    let small = Shape(small.batch, small.channels / convolutionGroups, small.extent)
    self.large = large
    self.small = small
    self.threads = threads
    let taps = kernel.count
    self.taps = taps
    let padding = padding.lifted(filling: 0)
    isDirect =
      taps == 1 && stride.count == 1 && padding == [0, 0, 0] && large.area == small.area
    view = ck_view(
      image: ck_extent(large.extent), windows: ck_extent(small.extent), kernel: ck_extent(kernel),
      stride: ck_extent(stride), padding: ck_extent(padding),
      dilation: ck_extent(dilation ?? kernel.map { _ in 1 }))

    func rows(channels: Int) -> Int { tileValues / (channels * taps * small.width) }
    let groupSize = (large.channels + Self.mostGroups - 1) / Self.mostGroups
    let windowRows = small.area / small.width
    tiles = ranges(windowRows, length: rows(channels: large.channels))
    groupTiles = ranges(windowRows, length: rows(channels: groupSize))
    groups = ranges(large.channels, length: groupSize)
  }

  /// Bytes of scratch memory that any of the products needs.
  var scratchBytes: Int {
    guard !isDirect else { return 0 }
    let perTile = min(threads, small.batch * tiles.count) * matrixValues
    let perGroup = min(threads, small.batch * groups.count) * groupMatrixValues
    return floatBytes(max(perTile, perGroup))
  }

  /// Values of the columns of a tile.
  private var matrixValues: Int { large.channels * taps * tiles[0].count * small.width }
  private var groupMatrixValues: Int { groups[0].count * taps * groupTiles[0].count * small.width }
}

// MARK: - The products

extension ColumnProducts {
  /// small = weight · columns(large), added to small if `adds`.
  func correlate(
    _ largeValues: Values, weight: Values, into smallValues: Values, adds: Bool, finish: Finish,
    scratch: Values?
  ) {
    let window = large.channels * taps
    parallel(threads: threads, units: small.batch * tiles.count) { unit, slot in
      let (sample, rows) = (unit / tiles.count, tiles[unit % tiles.count])
      let columns = columns(
        of: largeValues, sample: sample, channels: 0..<large.channels, rows: rows,
        into: scratch.map { $0 + slot * matrixValues })
      let result = at(smallValues, sample: sample, row: rows.lowerBound)
      let pixels = rows.count * small.width
      multiply(
        Matrix(weight, stride: window), columns, into: Matrix(result, stride: small.area),
        rows: small.channels, columns: pixels, inner: window, adds: adds)
      ck_finish_rows(
        result, Int32(small.channels), small.area, pixels, finish.bias,
        finish.clampsAtZero ? 1 : 0)
    }
  }

  /// large = the sums of the windows whose columns are weightᵀ · small; added to large if `adds`.
  func spread(
    _ smallValues: Values, weight: Values, into largeValues: Values, adds: Bool, finish: Finish,
    scratch: Values?
  ) {
    parallel(threads: threads, units: small.batch * groups.count) { unit, slot in
      let (sample, group) = (unit / groups.count, groups[unit % groups.count])
      let image = at(largeValues, sample: sample, channel: group.lowerBound)
      if !adds, !isDirect {
        image.update(repeating: 0, count: group.count * large.area)
      }
      for rows in groupTiles {
        let pixels = rows.count * small.width
        let columns =
          isDirect
          ? Matrix(image + rows.lowerBound * large.width, stride: large.area)
          : Matrix(scratch.map { $0 + slot * groupMatrixValues }, stride: pixels)
        multiply(
          Matrix(weight + group.lowerBound * taps, stride: large.channels * taps).transposed,
          Matrix(at(smallValues, sample: sample, row: rows.lowerBound), stride: small.area),
          into: columns, rows: group.count * taps, columns: pixels, inner: small.channels,
          adds: adds && isDirect)
        if !isDirect {
          var view = view
          ck_columns_to_image(
            &view, columns.values, Int32(group.count), Int32(rows.lowerBound), Int32(rows.count),
            image)
        }
      }
      ck_finish_rows(
        image, Int32(group.count), large.area, large.area,
        finish.bias.map { $0 + group.lowerBound }, finish.clampsAtZero ? 1 : 0)
    }
  }

  /// gradient = the sum over samples and tiles, in their order, of small · columns(large)ᵀ
  func weightGradient(
    large largeValues: Values, small smallValues: Values, into gradient: Values, scratch: Values?
  ) {
    parallel(threads: threads, units: groups.count) { unit, slot in
      let group = groups[unit]
      let result = Matrix(gradient + group.lowerBound * taps, stride: large.channels * taps)
      var adds = false
      for sample in 0..<small.batch {
        for rows in groupTiles {
          let columns = columns(
            of: largeValues, sample: sample, channels: group, rows: rows,
            into: scratch.map { $0 + slot * groupMatrixValues })
          multiply(
            Matrix(at(smallValues, sample: sample, row: rows.lowerBound), stride: small.area),
            columns.transposed, into: result, rows: small.channels, columns: group.count * taps,
            inner: rows.count * small.width, adds: adds)
          adds = true
        }
      }
    }
  }
}

// MARK: - Matrices

extension ColumnProducts {
  /// `[channels · taps, rows · w]`: in `scratch`, or in place where the windows are the pixels.
  private func columns(
    of values: Values, sample: Int, channels: Range<Int>, rows: Range<Int>, into scratch: Values?
  ) -> Matrix {
    let image = at(values, sample: sample, channel: channels.lowerBound)
    if isDirect { return Matrix(image + rows.lowerBound * large.width, stride: large.area) }
    var view = view
    ck_columns_from_image(
      &view, image, Int32(channels.count), Int32(rows.lowerBound), Int32(rows.count), scratch)
    return Matrix(scratch, stride: rows.count * small.width)
  }

  private func at(_ values: Values, sample: Int, channel: Int) -> Values {
    values + sample * largeStride + channel * large.area
  }

  private func at(_ values: Values, sample: Int, row: Int) -> Values {
    values + sample * smallStride + row * small.width
  }
}

/// Row after row, `stride` values apart.
private struct Matrix {
  var values: UnsafeMutablePointer<Float>?
  var stride: Int
  var isTransposed = false

  init(_ values: UnsafeMutablePointer<Float>?, stride: Int) {
    self.values = values
    self.stride = stride
  }

  var transposed: Matrix {
    var matrix = self
    matrix.isTransposed.toggle()
    return matrix
  }
}

/// result `[rows, columns]` = left `[rows, inner]` · right `[inner, columns]`, or added to it.
private func multiply(
  _ left: Matrix, _ right: Matrix, into result: Matrix, rows: Int, columns: Int, inner: Int,
  adds: Bool
) {
  cblas_sgemm(
    CblasRowMajor, left.isTransposed ? CblasTrans : CblasNoTrans,
    right.isTransposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns),
    blasint(inner), 1, left.values, blasint(left.stride), right.values, blasint(right.stride),
    adds ? 1 : 0, result.values, blasint(result.stride))
}

extension ck_extent {
  init(_ extent: SpatialExtent) {
    self.init(
      depth: Int32(extent.depth), height: Int32(extent.height), width: Int32(extent.width))
  }
}

/// 0 ..< count in chunks of `length` (at least 1), the last perhaps shorter.
private func ranges(_ count: Int, length: Int) -> [Range<Int>] {
  stride(from: 0, to: count, by: max(1, length)).map { $0..<min($0 + max(1, length), count) }
}
