internal import Datasets
internal import Groundwork

/// How `data` says what of files of points become samples.

extension DataSection {
  /// What is of images, where samples are points; these are taken as they are unless `normalize` says else.
  mutating func checkPoints(_ keys: SpecMapping) {
    guard let points = stack.points else { return }
    if !keys.has("normalize") { normalization = .none }
    for key in ["slices", "axes", "range", "no_data", "roi"] {
      keys[key]?.report(
        .idleKey, "is of images, and data.points of points", remedy: "leave one of the two out")
    }
    if normalization == .imagenet {
      keys["normalize"]?.report(
        .refusedValue, "is the mean of photographs, and samples are points",
        remedy: "write none, dataset, or a mean and a std")
    }
    if stack.images != [points.channels], !keys.misread.contains("channels") {
      keys["channels"]?.report(
        .unfitChannels, "is not \(points.channels), which data.points makes",
        remedy: "leave it out")
    }
  }
}

extension Form<PointSettings> {
  /// What `data.normalize` must fit follows from it.
  static var points: Form {
    PointSettings.form.map(
      { points, value in
        value.decoder.imageChannels = [points.channels]
        return points
      }, { $0 })
  }
}

extension PointSettings: DeclaredSection {
  static let standard = PointSettings(count: 1024)

  static let about =
    "Says how files of points become samples, where these are points and no images."
  static let keys: [SpecKey<Self>] = [
    .required(
      "count", \.count, .integer(in: counts),
      "The points of a sample: of more as many are drawn, and of fewer some come twice."),
    .standard(
      "columns", \.columns, PointColumns.form, shown: "columns 0, 1 and 2 are the position",
      "Which columns of a file are what."),
    .optional(
      "blocks", \.blocks, PointBlocks.form,
      "Cuts every file into blocks, each of them a sample; without, a file is one sample."),
    .standard(
      positionsKey, \.positions, .choice(kind: "frame"),
      "The frame of the positions of whole files: within a sphere of radius 1, from their mean on, or as in the file."
    ),
    .standard(
      placesKey, \.hasPlaces, .boolean,
      "Gives the points of blocks their place within the file, 0…1 along each axis, as three further channels."
    ),
    .standard(
      "seed", \.seed, .integer(in: 0...Int.max),
      "The seed of the draws that choose the points of samples, the same in all trials."),
  ]

  private static let positionsKey = "positions"
  private static let placesKey = "places"

  mutating func check(_ keys: SpecMapping) {
    if blocks != nil, positions != .unitSphere {
      keys[Self.positionsKey]?.report(
        .idleKey, "is the frame of whole files, and blocks have one of their own",
        remedy: "leave it or blocks out")
    }
    if blocks == nil, !hasPlaces {
      keys[Self.placesKey]?.report(
        .idleKey, "is of blocks, and there are none", remedy: "leave it out")
    }
    if channels > ImageStack.maximumChannels {
      keys["columns"]?.report(
        .unfitChannels,
        "makes \(channels) channels: points have at most \(ImageStack.maximumChannels)")
    }
  }
}

extension PointColumns: DeclaredSection {
  static let standard = PointColumns()

  static let about =
    "Names columns by their names in the file's header or by their numbers, from 0."
  static let keys: [SpecKey<Self>] = [
    .standard("position", \.position, .columns(count: 3), "The columns of x, y and z."),
    .standard(
      "normals", \.normals, .columns(count: 3), kept: .unlessStandard,
      "The columns of a normal's x, y and z, which turn with the positions."),
    .standard(
      "colors", \.colors, .columns(count: 3), kept: .unlessStandard,
      "The columns of red, green and blue of 0…255, which become 0…1."),
    .standard(
      "features", \.features, .columns(count: nil), kept: .unlessStandard,
      "Further columns, taken as they are."),
    .optional(
      "label", \.label, .column,
      "The column of the class; without, lines of lists name a second file, with a label for each point."
    ),
  ]

  mutating func check(_ keys: SpecMapping) {
    var known: Set<PointColumn> = []
    for (key, columns) in [
      ("position", position), ("normals", normals), ("colors", colors), ("features", features),
      ("label", label.map { [$0] } ?? []),
    ] {
      if let column = columns.first(where: { !known.insert($0).inserted }) {
        (keys[key] ?? keys["position"])?.report(
          .refusedValue, "names column \(column), which is named before: each is one thing")
      }
    }
  }
}

extension PointBlocks: DeclaredSection {
  static let standard = PointBlocks(size: 1, stride: 1)

  static let about = "Cuts files into square columns of space, which are bounded in x and y."
  static let keys: [SpecKey<Self>] = [
    .required(
      "size", \.size, .number(lengths), "The side of a block, in the unit of the positions."),
    .standard(
      strideKey, \.stride, .number(lengths), shown: "size",
      "The distance between neighboring blocks."),
    .standard(
      "least", \.least, .integer(in: 1...PointSettings.counts.upperBound),
      "Blocks of fewer points are left out, but not of predictions."),
  ]

  private static let strideKey = "stride"
  private static let lengths = Bounds(1e-6...1e9)

  mutating func check(_ keys: SpecMapping) {
    if !keys.has(Self.strideKey) { stride = size }
    guard keys.misread.isDisjoint(with: ["size", Self.strideKey]) else { return }
    if stride > size {
      keys[Self.strideKey]?.report(
        .refusedValue,
        "is \(stride), larger than blocks of \(size): points between them would never be seen")
    } else if stride * Self.mostStridesOfSize < size {
      keys[Self.strideKey]?.report(
        .refusedValue,
        "is \(stride), less than a tenth of blocks of \(size): every point would lie in more than a hundred"
      )
    }
  }
}

extension Form<PointColumn> {
  fileprivate static var column: Form {
    Form(
      "name or number of a column", .scalar,
      read: { value in
        if case .integer = value.node.scalar?.value {
          return value.integer(in: 0...maximum).map { .number($0) }
        }
        return value.text().map { .name($0) }
      },
      write: { column in
        switch column {
        case .number(let number): .integer(number)
        case .name(let name): .text(name)
        }
      })
  }

  private static var maximum: Int { 4095 }
}

extension Form<[PointColumn]> {
  /// - Parameter count: how many there must be; `nil` for any number of them.
  fileprivate static func columns(count: Int?) -> Form {
    let columns = Form.list(of: Form<PointColumn>.column)
    guard let count else { return columns.called("list of columns") }
    return columns.called("list of \(count) columns").checked(.wrongNotation) {
      $0.isEmpty || $0.count == count ? nil : ("must name \(count) columns, not \($0.count)", nil)
    }
  }
}
